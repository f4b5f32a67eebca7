import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InputError, messageOf } from '@strata/core';
import { describeFileError } from '../host/node.js';
import { garmentSide } from '../preprocess/garment.js';
import { officialFiles, type Split } from './files.js';
import { type IdxArray, readIdx } from './idx.js';

/** Pictures with their classes, in the files' order. */
export interface FashionMnist {
  readonly split: Split;
  readonly count: number;
  /** [count, 28, 28], grey in [0, 255], light on black. */
  readonly images: Uint8Array;
  /** [count], classes 0 to 9. */
  readonly labels: Uint8Array;
}

/** Bytes of one picture. */
export const pictureBytes = garmentSide * garmentSide;

/** Names of the classes, as Zalando gives them. */
export const fashionMnistLabels: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** No official file is a fifth as large when unpacked; a gzip file that claims more is refused. */
const mostUnpackedBytes = 256 * 1024 * 1024;

/** Reads a split from a folder of the official files, gzipped or not. `InputError` when they are missing or damaged. */
export async function loadFashionMnist(folder: string, split: Split = 'test'): Promise<FashionMnist> {
  const files = officialFiles[split];
  const images = await readArray(folder, files.images.name);
  const labels = await readArray(folder, files.labels.name);
  const [count] = images.shape;
  if (images.shape.length !== 3 || images.shape[1] !== garmentSide || images.shape[2] !== garmentSide) {
    throw new InputError({ where: images.where, got: `sizes [${images.shape.join(',')}]`, want: '[count,28,28]' });
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new InputError({
      where: labels.where,
      got: `sizes [${labels.shape.join(',')}]`,
      want: `[${count}], one for each picture`,
    });
  }
  const odd = labels.data.findIndex((label) => label >= fashionMnistLabels.length);
  if (odd !== -1) {
    throw new InputError({ where: labels.where, got: `class ${labels.data[odd]} at ${odd}`, want: '0 to 9' });
  }
  return { split, count, images: images.data, labels: labels.data };
}

async function readArray(folder: string, gzipped: string): Promise<IdxArray & { readonly where: string }> {
  const plain = gzipped.replace(/\.gz$/, '');
  for (const name of [plain, gzipped]) {
    const where = join(folder, name);
    const bytes = await readIfThere(where);
    if (bytes === undefined) continue;
    return { ...readIdx(name === gzipped ? await unpack(bytes, where) : bytes, where), where };
  }
  throw new InputError({
    where: folder,
    got: `neither ${plain} nor ${gzipped}`,
    want: 'a folder of the official Fashion-MNIST files',
    hint: 'they are at github.com/zalandoresearch/fashion-mnist',
  });
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

async function unpack(bytes: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: mostUnpackedBytes });
  } catch (error) {
    throw new InputError({ where, got: `no whole gzip file (${messageOf(error)})`, want: 'an IDX file', cause: error });
  }
}
