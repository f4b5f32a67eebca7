import { type Box, boxOf, type Plane } from './plane.js';
import { type Taps, triangleTaps } from './resize.js';

/** Weights are whole numbers of 2⁻²². */
const precision = 22;

/** A part of a picture of another size, the whole by default. */
export interface ResizeTarget {
  readonly width: number;
  readonly height: number;
  readonly box?: Box;
}

/**
 * Pillow's `resize` with `BILINEAR` to the bit, which is torchvision's of pictures: levels of 8 bits, first along rows, then
 * along columns, rounded to whole levels after each, with weights of 22 bits. Takes whole levels in [0, 255] and gives such.
 * Checked with Pillow 9.4's `libImaging/Resample.c`.
 */
export function resizeAsPillow({ data, width: from, height: rows }: Plane, target: ResizeTarget): Plane {
  const { width, height, box = boxOf(target) } = target;
  const across = toWholeNumbers(triangleTaps(from, width, { start: box.left, end: box.right }));
  const down = toWholeNumbers(triangleTaps(rows, height, { start: box.top, end: box.bottom }));
  const firstRow = down.reduce((least, { first }) => Math.min(least, first), rows);
  const endRow = down.reduce((most, { first, weights }) => Math.max(most, first + weights.length), 0);
  const columns = across.length;
  const narrow = new Uint8Array(columns * (endRow - firstRow));
  for (let y = firstRow; y < endRow; y++) {
    for (let x = 0; x < columns; x++) {
      const { first, weights } = across[x];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * data[y * from + first + k];
      narrow[(y - firstRow) * columns + x] = toLevel(sum);
    }
  }
  const result = new Float32Array(columns * down.length);
  for (const [y, { first, weights }] of down.entries()) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * narrow[(first - firstRow + k) * columns + x];
      result[y * columns + x] = toLevel(sum);
    }
  }
  return { data: result, width: columns, height: down.length };
}

function toWholeNumbers(taps: Taps): Taps {
  return taps.map(({ first, weights }) => ({
    first,
    weights: weights.map((weight) => Math.floor(weight * 2 ** precision + 0.5)),
  }));
}

function toLevel(sum: number): number {
  return Math.min((sum + 2 ** (precision - 1)) >> precision, 255);
}
