import { spanOf, type WindowAxis } from '../ops/window.js';
import type { Correlation } from './correlate.js';

/** Pixels on either side of a window that a Winograd tile can mix with it: tiles are 8×8 at most, F(6×6, 3×3). */
const TILE_REACH = 7;

/**
 * sum[n,o,r,c] += Σᵢ (Σᵤᵥ |w[o,i,u,v]|) · maxᵢ, maxᵢ the largest |x| of channel i that the algorithm mixes into the
 * output: by Winograd those of every tile that can hold the window, by FFT (or when unknown) the whole plane's.
 *
 * Both transform a tile or plane, multiply and transform back; a rounding error of the transform is relative to the
 * largest values in it and lands on all its outputs, also where the window itself holds zeros (Lavin and Gray, Fast
 * algorithms for convolutional neural networks, 2016; Higham §24.1 for the FFT).
 */
export function addMixedMagnitude(
  x: Float64Array,
  w: Float64Array,
  sum: Float64Array,
  sizes: Correlation,
  mixes: 'tile' | 'plane',
): void {
  const [batch, channels, height, width] = sizes.input;
  const [out, inPerGroup, windowRows, windowColumns] = sizes.weights;
  const [, , outHeight, outWidth] = sizes.output;
  const outPerGroup = out / sizes.groups;
  const area = windowRows * windowColumns;
  for (let n = 0; n < batch; n++) {
    for (let channel = 0; channel < channels; channel++) {
      const plane = x.subarray(
        (n * channels + channel) * height * width,
        (n * channels + channel + 1) * height * width,
      );
      const largest = largestMixed(plane, sizes, mixes);
      const group = Math.floor(channel / inPerGroup);
      for (let o = group * outPerGroup; o < (group + 1) * outPerGroup; o++) {
        const start = (o * inPerGroup + (channel % inPerGroup)) * area;
        const weight = w.subarray(start, start + area).reduce((total, value) => total + Math.abs(value), 0);
        const outPlane = (n * out + o) * outHeight * outWidth;
        for (let i = 0; i < largest.length; i++) sum[outPlane + i] += weight * largest[i];
      }
    }
  }
}

/** For each output [height, width] the largest |x| that reaches it; 0 where nothing does. */
function largestMixed(plane: Float64Array, sizes: Correlation, mixes: 'tile' | 'plane'): Float64Array {
  const [, , height, width] = sizes.input;
  const [, , outHeight, outWidth] = sizes.output;
  const largest = new Float64Array(outHeight * outWidth);
  if (mixes === 'plane') return largest.fill(plane.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  for (let r = 0; r < outHeight; r++) {
    const [top, bottom] = reach(sizes.rows, height, r);
    for (let c = 0; c < outWidth; c++) {
      const [left, right] = reach(sizes.columns, width, c);
      let most = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = y * width + left; at < y * width + right; at++) most = Math.max(most, Math.abs(plane[at]));
      }
      largest[r * outWidth + c] = most;
    }
  }
  return largest;
}

function reach(axis: WindowAxis, size: number, output: number): [first: number, end: number] {
  const start = output * axis.stride - axis.before;
  return [Math.max(0, start - TILE_REACH), Math.min(size, start + spanOf(axis) + TILE_REACH)];
}
