// npm run docs:outputs [-- PART …]: runs the command of every `<!-- output: … -->`, those of the pages whose paths hold
// one of the words if there are any, and writes what it prints into the block below, unless the block shows it already.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf, place, readBlocks } from './blocks.js';
import { maskTimes, runCommand, showsOutput } from './outputs.js';
import { readPages } from './pages.js';
import { root } from './root.js';

const words = process.argv.slice(2);
for (const page of readPages().filter(({ path }) => words.length === 0 || words.some((word) => path.includes(word)))) {
  let { text } = page;
  // From the last, so that the others stay where they are.
  for (const block of readBlocks(page).reverse()) {
    for (const command of notesOf(block, 'output')) {
      const output = runCommand(command);
      const same = showsOutput(block.text, output);
      console.log(`${same ? 'as before' : 'rewritten'}  ${place(block)}  ${command}`);
      if (!same) text = text.slice(0, block.start) + maskTimes(output) + text.slice(block.start + block.text.length);
    }
  }
  if (text !== page.text) writeFileSync(join(root, page.path), text);
}
