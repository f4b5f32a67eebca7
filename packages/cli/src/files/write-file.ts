import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '@strata/core';
import { explainFileError } from './read-file.js';

/** Throws `InputError` where a file can not be written, so that long work does not end in vain. */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path);
  try {
    await access(folder, constants.W_OK);
    if (!(await stat(folder)).isDirectory()) throw new InputError({ where: path, got: `${folder} is not a folder` });
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { got, hint } = explainFileError(error);
    const missing = got === 'no such file';
    throw new InputError({ where: path, got: missing ? `no folder ${folder}` : got, hint: missing ? 'make it' : hint });
  }
  const target = await stat(path).catch(() => undefined);
  if (target === undefined || target.isFile()) return;
  // A rename would put a file in the place of a device or a pipe.
  const got = target.isDirectory() ? 'a folder' : 'a device or pipe';
  throw new InputError({ where: path, got, want: 'a file to write' });
}

/** Writes all or nothing: a file beside takes the bytes and is renamed when whole. `InputError` names the file. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // A link stays a link: what it points to is written.
  const target = await realpath(path).catch(() => path);
  const part = `${target}.${process.pid}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw new InputError({ where: path, ...explainFileError(error), cause: error });
  }
}
