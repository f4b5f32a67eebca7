import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '@strata/core';
import { UsageError } from '../usage-error.js';
import { explainFileError } from './read-file.js';

/** Throws `InputError` where a file cannot be written, before any long work is done for it. */
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
  // A rename would replace a device or a pipe by a file.
  const got = target.isDirectory() ? 'a folder' : 'a device or pipe';
  throw new InputError({ where: path, got, want: 'a file to write' });
}

/** Whether two paths lead to one file. */
async function isSameFile(path: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([path, other].map((name) => realpath(name).catch(() => undefined)));
  return one !== undefined && one === two;
}

/**
 * Writes all or nothing: a temporary file beside it takes the bytes and is renamed when complete. `InputError` names
 * the file.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // A link stays a link: the file it points to is written.
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

/** `UsageError` where `--out` is one of the files that a command reads, which writing it would destroy. */
export async function refuseToOverwrite(out: string, ...read: readonly (string | undefined)[]): Promise<void> {
  for (const file of read) {
    if (file === undefined || !(await isSameFile(out, file))) continue;
    throw new UsageError({ where: '--out', got: `${out}, the file that is read`, want: 'another file' });
  }
}
