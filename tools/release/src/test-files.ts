import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readmeProgram } from './programs.js';

const require = createRequire(import.meta.url);

/** A test runner that users have, and how it runs one file in a project. */
export interface TestRunner {
  readonly name: string;
  /** Where `test` comes from: a line of the test file, or nothing where it is a global. */
  readonly head: string;
  readonly ending: string;
  args(file: string): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const jest = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');

/** Jest and vitest's `vmThreads` run tests in sandboxes whose classes, such as `Float32Array`, are not Node's own. */
export const testRunners: readonly TestRunner[] = [
  {
    name: 'node:test',
    head: "import { test } from 'node:test';",
    ending: '.node.mjs',
    args: (file) => ['--test', file],
  },
  {
    name: 'vitest',
    head: '',
    ending: '.test.mjs',
    args: (file) => [vitest, 'run', '--globals', '--testTimeout=60000', file],
  },
  {
    name: 'vitest --pool=vmThreads',
    head: '',
    ending: '.test.mjs',
    args: (file) => [vitest, 'run', '--globals', '--testTimeout=60000', '--pool=vmThreads', file],
  },
  {
    name: 'jest',
    head: '',
    ending: '.test.mjs',
    // Our packages are ES modules, which Jest runs as they are when Node lets it.
    args: (file) => [
      '--experimental-vm-modules',
      jest,
      '--runInBand',
      '--testTimeout=60000',
      '--config={"transform":{},"testMatch":["**/*.test.mjs"]}',
      file,
    ],
  },
];

/** Writes the README's program as a test of that runner, and returns the file's name. */
export async function writeTestFile(project: string, backend: string, { head, ending }: TestRunner): Promise<string> {
  const lines = (await readmeProgram(backend)).split('\n');
  const isImport = (line: string) => line.startsWith('import ');
  const imports = lines.filter(isImport);
  const rest = lines.filter((line) => !isImport(line)).map((line) => `  ${line}`);
  const file = `${backend}${ending}`;
  await writeFile(
    join(project, file),
    [head, ...imports, "test('classifies a boot', async () => {", ...rest, '});', ''].join('\n'),
  );
  return file;
}
