import { type Box, boxOf, type Plane } from './plane.js';

/** For one axis: the taps of each output position, `weights[k]` on input `first + k`. */
export type Taps = readonly { readonly first: number; readonly weights: readonly number[] }[];

/** Output positions from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Bilinear with half-pixel centres, two neighbours at any scale: PyTorch's
 * `interpolate(mode='bilinear', align_corners=False)`. Output centre i lies at (i + 0.5)·in/out − 0.5, clamped.
 *
 * sharp's own resize cannot stand in: enlarging a boot from 28 to 96 pixels, sharp 0.35.5 differed by up to 51 of 255
 * levels with `linear` and 62 with its other kernels (printed by `resize.test.ts`).
 */
export function resizeBilinear(plane: Plane, width: number, height: number): Plane {
  return resample(plane, bilinearTaps(plane.width, width), bilinearTaps(plane.height, height));
}

/**
 * A part of a plane, the whole by default, made smaller: each output pixel is the mean of the input area that it covers,
 * partly covered pixels by their share.
 */
export function resizeArea(plane: Plane, width: number, height: number, part: Box = boxOf(plane)): Plane {
  const { left, top, right, bottom } = part;
  return resample(plane, areaTaps(right - left, width), areaTaps(bottom - top, height), part);
}

/**
 * Bilinear with a triangle as wide as the shrinking asks (Pillow's `BILINEAR`, PyTorch's `antialias=True`), which is how
 * torchvision's pictures were made smaller. Only a part of the result is computed, the whole by default.
 */
export function resizeAntialiased(
  plane: Plane,
  width: number,
  height: number,
  { left, top, right, bottom }: Box = boxOf({ width, height }),
): Plane {
  return resample(
    plane,
    triangleTaps(plane.width, width, { start: left, end: right }),
    triangleTaps(plane.height, height, { start: top, end: bottom }),
  );
}

function bilinearTaps(from: number, to: number): Taps {
  return Array.from({ length: to }, (_, i) => {
    const centre = Math.max(((i + 0.5) * from) / to - 0.5, 0);
    const first = Math.min(Math.floor(centre), from - 1);
    if (first === from - 1) return { first, weights: [1] };
    return { first, weights: [1 - (centre - first), centre - first] };
  });
}

function areaTaps(from: number, to: number): Taps {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * scale, Math.min((i + 1) * scale, from)];
    const first = Math.floor(start);
    const count = Math.max(Math.ceil(end - 1e-9) - first, 1);
    return normalised(first, count, (x) => Math.min(x + 1, end) - Math.max(x, start));
  });
}

/** A triangle around each output's centre, as wide as the shrinking asks; of the outputs in a span. */
export function triangleTaps(from: number, to: number, { start, end }: Span): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  return Array.from({ length: end - start }, (_, i) => {
    const centre = (start + i + 0.5) * scale;
    const first = Math.max(Math.floor(centre - support + 0.5), 0);
    const last = Math.min(Math.floor(centre + support + 0.5), from);
    return normalised(first, last - first, (x) => Math.max(1 - Math.abs((x + 0.5 - centre) / support), 0));
  });
}

function normalised(first: number, count: number, weigh: (x: number) => number) {
  const weights = Array.from({ length: count }, (_, k) => Math.max(weigh(first + k), 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}

/** Rows first, then columns. Taps count from the corner; rows that no output needs are left out. */
function resample({ data, width }: Plane, across: Taps, down: Taps, { left, top } = { left: 0, top: 0 }): Plane {
  const firstRow = down.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
  const endRow = down.reduce((most, { first, weights }) => Math.max(most, first + weights.length), 0);
  const narrow = new Float64Array(across.length * (endRow - firstRow));
  for (let y = firstRow; y < endRow; y++) {
    const row = (top + y) * width + left;
    for (let x = 0; x < across.length; x++) {
      const { first, weights } = across[x];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * data[row + first + k];
      narrow[(y - firstRow) * across.length + x] = sum;
    }
  }
  const result = new Float32Array(across.length * down.length);
  for (const [y, { first, weights }] of down.entries()) {
    for (let x = 0; x < across.length; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * narrow[(first - firstRow + k) * across.length + x];
      result[y * across.length + x] = sum;
    }
  }
  return { data: result, width: across.length, height: down.length };
}
