import type { Plane } from './plane.js';

/** For one axis: the taps of each output position, `weights[k]` on input `first + k`. */
type Taps = readonly { readonly first: number; readonly weights: readonly number[] }[];

/**
 * Bilinear with half-pixel centres, two neighbours at any scale: PyTorch's
 * `interpolate(mode='bilinear', align_corners=False)`. Output centre i lies at (i + 0.5)·in/out − 0.5, clamped.
 *
 * sharp's own resize can not stand in: enlarging a boot from 28 to 96 pixels, sharp 0.35.5 differed by up to 51 of 255
 * levels with `linear` and 62 with its other kernels (printed by `resize.test.ts`).
 */
export function resizeBilinear(plane: Plane, width: number, height: number): Plane {
  return resample(plane, bilinearTaps(plane.width, width), bilinearTaps(plane.height, height));
}

/** Each output pixel is the mean of the input area that it covers, partly covered pixels by their share. For shrinking. */
export function resizeArea(plane: Plane, width: number, height: number): Plane {
  return resample(plane, areaTaps(plane.width, width), areaTaps(plane.height, height));
}

/**
 * Bilinear with a triangle as wide as the shrinking asks (Pillow's `BILINEAR`, PyTorch's `antialias=True`), which is how
 * torchvision's pictures were made smaller.
 */
export function resizeAntialiased(plane: Plane, width: number, height: number): Plane {
  return resample(plane, triangleTaps(plane.width, width), triangleTaps(plane.height, height));
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

function triangleTaps(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
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

/** Rows first, then columns. */
function resample({ data, width, height }: Plane, across: Taps, down: Taps): Plane {
  const narrow = new Float64Array(across.length * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across.length; x++) {
      const { first, weights } = across[x];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * data[y * width + first + k];
      narrow[y * across.length + x] = sum;
    }
  }
  const result = new Float32Array(across.length * down.length);
  for (const [y, { first, weights }] of down.entries()) {
    for (let x = 0; x < across.length; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * narrow[(first + k) * across.length + x];
      result[y * across.length + x] = sum;
    }
  }
  return { data: result, width: across.length, height: down.length };
}
