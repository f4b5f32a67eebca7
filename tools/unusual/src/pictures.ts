import type { Tensor } from '@strata/core';
import { type Picture, preprocess } from '@strata/googlenet';
import type { FashionMnist } from '@strata/googlenet/fashion-mnist';

/** Pixels along a side of a Fashion-MNIST picture. */
const side = 28;

/** The bytes of one picture, light on black. */
export function garmentOf({ images }: FashionMnist, index: number): Uint8Array {
  return images.subarray(index * side * side, (index + 1) * side * side);
}

/** The picture mirrored, left for right. */
export function mirror(garment: Uint8Array): Uint8Array {
  return garment.map((_, i) => garment[i - (i % side) + side - 1 - (i % side)]);
}

/** The picture turned by a quarter, clockwise. */
export function turn(garment: Uint8Array): Uint8Array {
  return garment.map((_, i) => garment[(side - 1 - (i % side)) * side + Math.floor(i / side)]);
}

/** The 28×28 picture as `classify` takes a file of it. */
export function asPicture(garment: Uint8Array): Picture {
  const data = new Uint8ClampedArray(4 * garment.length).fill(255);
  for (const [i, value] of garment.entries()) data.fill(value, 4 * i, 4 * i + 3);
  return { data, width: side, height: side };
}

/** As `classify` prepares it; `undefined` for a picture in which pre-processing finds nothing to classify. */
export async function prepare(picture: Picture, input: readonly number[]): Promise<Tensor | undefined> {
  try {
    return await preprocess(picture, { variant: 'seed', input });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'INPUT') return undefined;
    throw error;
  }
}
