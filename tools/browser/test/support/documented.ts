import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const guide = resolve(import.meta.dirname, '../../../../docs/browser.md');

/** A file that the guide shows: the code block whose first line names it. */
export async function documentedFile(name: string): Promise<string> {
  const blocks = (await readFile(guide, 'utf8')).matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g);
  const found = [...blocks].find(([, title]) => title === name);
  if (found === undefined) throw new Error(`${guide} shows no file ${name}`);
  return found[2];
}
