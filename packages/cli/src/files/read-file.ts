import { readFile } from 'node:fs/promises';
import { InputError, isError, messageOf } from '@strata/core';

/** All bytes of a file. `InputError` names the file and says why it cannot be read. */
export async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new InputError({ where: path, ...explainFileError(error), cause: error });
  });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The same of a file that may not be empty. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readWhole(path);
  if (bytes.length > 0) return bytes;
  throw new InputError({ where: path, got: 'an empty file', want: 'content' });
}

/** What an operating system's error code means, in words. */
export function explainFileError(error: unknown): { readonly got: string; readonly hint?: string } {
  const code = isError(error) && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return { got: 'no such file', hint: 'check the path' };
    case 'EISDIR':
      return { got: 'a folder', hint: 'give a file' };
    case 'EACCES':
    case 'EPERM':
      return { got: 'no permission', hint: 'check the rights of the file and its folder' };
    case 'ENOTDIR':
      return { got: 'a part of the path is a file', hint: 'check the path' };
    case 'ENOSPC':
      return { got: 'no space left on the disk' };
    default:
      return { got: messageOf(error) };
  }
}
