import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './packages.js';

const backendImport = /from '@strata\/backend-onnx'/g;
const firstBlock = /```ts\n([\s\S]*?)```/;

/** The first program of README.md, with another backend: the line that users change. */
export async function readmeProgram(backend: string): Promise<string> {
  const [, program = ''] = firstBlock.exec(await readFile(join(root, 'README.md'), 'utf8')) ?? [];
  if (program.match(backendImport)?.length !== 1) throw new Error('README.md does not begin with the known program');
  return program.replace(backendImport, `from '@strata/backend-${backend}'`);
}

/** The same program as CommonJS: its imports by `require`, the rest in an async function. */
export function asCommonJs(program: string): string {
  const lines = program.split('\n');
  const isImport = (line: string) => line.startsWith('import ');
  const imports = lines
    .filter(isImport)
    .map((line) => line.replace(/^import (.*) from ('[^']+')/, 'const $1 = require($2)'));
  const rest = lines.filter((line) => !isImport(line)).map((line) => `  ${line}`);
  return [...imports, '(async () => {', ...rest, '})();', ''].join('\n');
}

/** Writes the program for every backend, as TypeScript, ES module and CommonJS, and the picture that it asks for. */
export async function writePrograms(project: string, backends: readonly string[]): Promise<void> {
  await copyFile(join(root, 'packages/googlenet/samples/ankle-boot.jpg'), join(project, 'boot.jpg'));
  for (const backend of backends) {
    const program = await readmeProgram(backend);
    await writeFile(join(project, `${backend}.ts`), program);
    await writeFile(join(project, `${backend}.mjs`), program);
    await writeFile(join(project, `${backend}.cjs`), asCommonJs(program));
  }
}

/** What the program prints, on whichever device it finds. */
export function isExpected(backend: string, printed: string): boolean {
  return new RegExp(`^Ankle boot 0\\.9\\d* \\{[^]*backend: ['"]?${backend}\\b`).test(printed);
}

/** The device in what the program printed. */
export function deviceOf(printed: string): string {
  return /device: ['"]?(\w+)/.exec(printed)?.[1] ?? 'no device';
}
