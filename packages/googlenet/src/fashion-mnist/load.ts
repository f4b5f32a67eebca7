import { InputError } from '@strata/core';
import { garmentSide } from '../preprocess/garment.js';
import type { Split } from './files.js';
import { findFile } from './find-files.js';
import { unpackIfGzip } from './gzip.js';
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

/**
 * Reads a split from a folder of the official files, gzipped or not. Files of other names are known by their content.
 * `InputError` when they are missing or damaged.
 */
export async function loadFashionMnist(folder: string, split: Split = 'test'): Promise<FashionMnist> {
  const images = await readArray(folder, split, 'images');
  const labels = await readArray(folder, split, 'labels');
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

async function readArray(
  folder: string,
  split: Split,
  part: 'images' | 'labels',
): Promise<IdxArray & { where: string }> {
  const { where, bytes } = await findFile(folder, split, part);
  return { ...readIdx(await unpackIfGzip(bytes, where), where), where };
}
