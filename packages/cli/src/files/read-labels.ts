import { InputError } from '@strata/core';
import { identify, wayOut } from '@strata/formats/identify';
import { parseLabels } from '@strata/googlenet';
import { readBytes } from './read-file.js';

/** Labels from a file, one a class. `InputError` names the file and says what is wrong with it. */
export async function readLabels(path: string): Promise<string[]> {
  const bytes = await readBytes(path);
  const found = identify(bytes);
  const want = 'labels, one a line, or a JSON list of them';
  if (!['text', 'json', 'unknown'].includes(found.format)) {
    const hint = wayOut(found);
    throw new InputError({ where: path, got: found.name, want, ...(hint === undefined ? {} : { hint }) });
  }
  return parseLabels(decode(bytes, path, want), path);
}

function decode(bytes: Uint8Array, where: string, want: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError({ where, got: 'bytes that are no UTF-8', want, cause });
  }
}
