import { describe, expect, it } from 'vitest';
import { notesOf, place, readBlocks } from '../src/blocks.js';
import { readPages } from '../src/pages.js';
import { checkPrograms, programFiles } from '../src/programs.js';
import { checkCommand, readCommands } from '../src/shell.js';

const blocks = readPages().flatMap(readBlocks);

describe('code blocks', () => {
  it('have a language that is checked', () => {
    const languages = ['ts', 'js', 'sh', 'console', 'text'];
    expect(blocks.filter(({ language }) => !languages.includes(language)).map(place)).toEqual([]);
  });

  it('of TypeScript and JavaScript compile', () => {
    const files = programFiles(blocks);
    expect(files.length).toBeGreaterThan(8);
    expect(checkPrograms(files)).toBe('');
  });

  it('of commands name programs, scripts, files and options that exist', async () => {
    const problems: string[] = [];
    for (const block of blocks.filter(({ language }) => language === 'sh')) {
      for (const command of readCommands(block.text)) {
        const problem = await checkCommand(command);
        if (problem !== undefined) problems.push(`${place(block)}: ${command}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  });

  it('of printed output name the command that prints it', () => {
    const printed = blocks.filter(({ language }) => language === 'console');
    expect(printed.filter((block) => notesOf(block, 'output').length !== 1).map(place)).toEqual([]);
  });
});

describe('the checks of code blocks', () => {
  it('see a wrong type, by the name of the block', () => {
    const text = "```ts\n// wrong.ts\nimport { tensor } from '@strata/core';\ntensor('x', []);\n```\n";
    const said = checkPrograms(programFiles(readBlocks({ path: 'page.md', text })));
    expect(said).toMatch(/^page\/wrong\.ts\(3,\d+\): error TS2345/);
  });

  it('take declarations and files that a note gives', () => {
    const text = `<!-- given: declare const size: number; -->
<!-- given: // other.js
export const other = 1;
-->
\`\`\`ts
import { other } from './other.js';
export const sum: number = size + other;
\`\`\`
`;
    expect(checkPrograms(programFiles(readBlocks({ path: 'page.md', text })))).toBe('');
  });

  it.each([
    ['npx strata classify boot.jpg --topp 3', "error: unknown option '--topp'\n(Did you mean --top?)"],
    ['strata guess boot.jpg', "error: unknown command 'guess'"],
    ['strata diff boot.jpg', "error: required option '--other <name>' not specified"],
    ['npm run nothing', 'no script nothing in package.json'],
    ['node docs/nothing.mjs', 'no file docs/nothing.mjs'],
    ['rm boot.jpg', "no check for 'rm'"],
  ])('refuse: %s', async (command, problem) => {
    expect(await checkCommand(command)).toBe(problem);
  });

  it.each(['npx strata classify *.jpg --top 3', 'npm ci', 'npm test', 'node docs/numerics.mjs', 'npx vitest run'])(
    'accept: %s',
    async (command) => {
      expect(await checkCommand(command)).toBeUndefined();
    },
  );
});
