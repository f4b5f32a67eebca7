import { describe, expect, it } from 'vitest';
import { type Block, notesOf, place, readBlocks } from '../src/blocks.js';
import { maskTimes, runCommand, showsOutput } from '../src/outputs.js';
import { readPages } from '../src/pages.js';

const shown: [string, Block][] = readPages()
  .flatMap(readBlocks)
  .flatMap((block) =>
    notesOf(block, 'output').map((command): [string, Block] => [`${place(block)}: ${command}`, block]),
  );

describe('printed outputs are what the commands print today', { timeout: 300_000 }, () => {
  it.for(shown)('%s', ([, block], { skip }) => {
    for (const command of notesOf(block, 'output')) {
      const output = runCommand(command);
      // So say the programs of docs/findings where a library or a driver is missing.
      if (/^not run here: /m.test(output)) skip(output.trim());
      if (!showsOutput(block.text, output))
        expect(maskTimes(output), 'npm run docs:outputs writes it').toBe(block.text);
    }
  });
});

it('a command that hangs is an error, and no gate that never ends', () => {
  expect(() => runCommand('sleep 9 | head -n -1', 200)).toThrow('sleep 9 | head -n -1: no end in 0.2 s');
});

describe('a block shows an output', () => {
  it.each([
    ['took … ms\n', 'took 12 ms\n', true],
    ['first\n…\nlast\n', 'first\nsecond\nthird\nlast\n', true],
    ['first\n…\nlast\n', 'first\nlast\n', true],
    ['…\nlast\n', 'first\nlast  \n', true],
    ['first\n', 'first\nsecond\n', false],
    ['a.c\n', 'abc\n', false],
  ])('%j of %j: %s', (block, output, expected) => {
    expect(showsOutput(block, output)).toBe(expected);
  });

  it('with durations masked', () => {
    expect(maskTimes('in 12.5 ms, 1,000 s  \n\n')).toBe('in    … ms,     … s\n');
  });
});
