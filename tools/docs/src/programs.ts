import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, notesOf } from './blocks.js';
import { root } from './root.js';

/** A file that a page shows, or that its blocks need. */
export interface ProgramFile {
  /** From the folder in which all programs are checked. */
  readonly path: string;
  readonly text: string;
}

/**
 * A page's `ts` and `js` blocks as files of one folder. A block whose first line is `// NAME` is the file NAME, so that
 * blocks can import one another; any other gets a name of its own. `<!-- given: … -->` above a block holds what the
 * reader already has: declarations that are put before the block, or, with a first line `// NAME`, a file of its own.
 */
export function programFiles(blocks: readonly Block[]): ProgramFile[] {
  return blocks
    .filter(({ language }) => language === 'ts' || language === 'js')
    .flatMap((block) => {
      const folder = block.page.replaceAll('/', '__').replace(/\.md$/, '');
      const given = notesOf(block, 'given');
      const files = given.filter((text) => nameOf(text) !== undefined);
      const preamble = given.filter((text) => nameOf(text) === undefined);
      const name = nameOf(block.text) ?? `line-${block.line}.${block.language}`;
      return [
        ...files.map((text) => ({ path: join(folder, nameOf(text) ?? ''), text })),
        // A file without imports is a script, and all scripts share their names.
        { path: join(folder, name), text: [...preamble, block.text, 'export {};\n'].join('\n') },
      ];
    });
}

function nameOf(text: string): string | undefined {
  return /^\/\/ (\S+\.(?:ts|js))\n/.exec(text)?.[1];
}

const compilerOptions = {
  target: 'ES2022',
  module: 'ESNext',
  moduleResolution: 'bundler',
  lib: ['ES2023', 'DOM', 'DOM.Iterable', 'ESNext.Disposable'],
  types: ['node', 'vite/client'],
  strict: true,
  allowJs: true,
  checkJs: true,
  noImplicitAny: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What the compiler has against these files; empty when they are right. */
export function checkPrograms(files: readonly ProgramFile[]): string {
  // Inside the repository, so that packages resolve as in a user's project.
  const cache = join(root, 'tools/docs/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'programs-'));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*'] }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return (stdout + stderr).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
