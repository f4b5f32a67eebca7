import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { InputError } from '@strata/core';
import { identify } from '@strata/formats/identify';
import { describeFileError } from '../host/file-error.js';
import { officialFiles, type Split } from './files.js';

const wantedFolder = 'a folder of the official Fashion-MNIST files';
const whereToGet = 'they are at github.com/zalandoresearch/fashion-mnist';

/** What a data set has a file for: pictures, an IDX array of three axes, and labels, of one. */
const axes = { images: 3, labels: 1 } as const;

/** Names that say that a file is of the other split. */
const namesOfOther: Readonly<Record<Split, RegExp>> = { test: /train/i, train: /test|t10k/i };

/** A file's path and content. */
export interface FoundFile {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/**
 * The file of a split's pictures or labels: by its official name, packed or not, else the one IDX file in the folder that
 * has its number of axes and no name of the other split. `InputError` when there is none, or more than one.
 */
export async function findFile(folder: string, split: Split, part: keyof typeof axes): Promise<FoundFile> {
  const packed = officialFiles[split][part].name;
  const plain = packed.replace(/\.gz$/, '');
  for (const name of [plain, packed]) {
    const where = join(folder, name);
    const bytes = await readIfThere(where);
    if (bytes !== undefined) return { where, bytes };
  }
  const fitting = await listByContent(folder, split, axes[part]);
  if (fitting.length === 1) {
    const where = join(folder, fitting[0]);
    return { where, bytes: (await readIfThere(where)) ?? new Uint8Array(0) };
  }
  throw new InputError({
    where: folder,
    got:
      fitting.length === 0
        ? `neither ${plain} nor ${packed}`
        : `${fitting.slice(0, 3).join(', ')}, each of which could be the ${part}`,
    want: wantedFolder,
    hint: fitting.length === 0 ? whereToGet : 'keep one of them there',
  });
}

async function listByContent(folder: string, split: Split, wantedAxes: number): Promise<readonly string[]> {
  const entries = await listFolder(folder);
  const names = entries
    .filter((entry) => entry.isFile() && !namesOfOther[split].test(entry.name))
    .map(({ name }) => name);
  const fitting: string[] = [];
  for (const name of names.sort()) {
    const start = await readStart(join(folder, name));
    if (identify(start).format === 'idx' && start[3] === wantedAxes) fitting.push(name);
  }
  return fitting;
}

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const got = describeFileError(error).replace('no such file', 'no such folder');
    throw new InputError({ where: folder, got, want: wantedFolder, hint: whereToGet, cause: error });
  }
}

/** Bytes that are read to know a file. */
const startBytes = 4096;

/** A file's first bytes, unpacked if it is a gzip file; none where it cannot be read. */
async function readStart(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(startBytes), 0, startBytes, 0);
      const start = buffer.subarray(0, bytesRead);
      // Flushed: the packed data goes on.
      return identify(start).format === 'gzip' ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
    } finally {
      await file.close();
    }
  } catch {
    return new Uint8Array(0);
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const got = describeFileError(error);
    if (got === 'no such file') return undefined;
    throw new InputError({ where: path, got, want: 'an IDX file', cause: error });
  }
}
