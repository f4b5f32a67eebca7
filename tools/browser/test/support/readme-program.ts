import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const readme = resolve(import.meta.dirname, '../../../../README.md');
const backendImport = /from '@strata\/backend-onnx'/g;

/** The first program of the README, word for word but for the module that the backend comes from. */
export async function readmeProgram(backendModule: string): Promise<string> {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(await readFile(readme, 'utf8')) ?? [];
  if (program?.match(backendImport)?.length !== 1) throw new Error('README.md has no such program');
  return program.replace(backendImport, `from '${backendModule}'`);
}
