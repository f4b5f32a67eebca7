import type { WindowAxis } from '../ops/window.js';
import type { Shape } from '../tensor/shape.js';
import { outputsInside } from './window-reach.js';

/** Sizes of a convolution. */
export interface Correlation {
  /** [batch, channels, height, width]. */
  readonly input: Shape;
  /** [out, in/groups, rows, columns]. */
  readonly weights: Shape;
  /** [batch, out, height, width]. */
  readonly output: Shape;
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
  readonly groups: number;
}

/**
 * sum[n,o,r,c] += Σ w[o,i,u,v] · x[n, g·I+i, r·stride+u·dilation−top, c·stride+v·dilation−left], pixels outside left out.
 *
 * The loops over one weight's outputs are innermost: that weight's valid outputs are known before they start.
 */
export function correlate(x: Float64Array, w: Float64Array, sum: Float64Array, sizes: Correlation): void {
  const [batch, channels, height, width] = sizes.input;
  const [out, inPerGroup, windowRows, windowColumns] = sizes.weights;
  const [, , outHeight, outWidth] = sizes.output;
  const { rows, columns, groups } = sizes;
  const rowRanges = Array.from({ length: windowRows }, (_, u) => outputsInside(rows, height, outHeight, u));
  const columnRanges = Array.from({ length: windowColumns }, (_, v) => outputsInside(columns, width, outWidth, v));
  const outPerGroup = out / groups;
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < out; o++) {
      const outPlane = (n * out + o) * outHeight * outWidth;
      const group = Math.floor(o / outPerGroup);
      for (let i = 0; i < inPerGroup; i++) {
        const plane = (n * channels + group * inPerGroup + i) * height * width;
        for (let u = 0; u < windowRows; u++) {
          const [firstRow, endRow] = rowRanges[u];
          for (let v = 0; v < windowColumns; v++) {
            const [firstColumn, endColumn] = columnRanges[v];
            const weight = w[((o * inPerGroup + i) * windowRows + u) * windowColumns + v];
            for (let r = firstRow; r < endRow; r++) {
              const row = plane + (r * rows.stride + u * rows.dilation - rows.before) * width;
              const left = row + v * columns.dilation - columns.before;
              const outRow = outPlane + r * outWidth;
              for (let c = firstColumn; c < endColumn; c++) sum[outRow + c] += weight * x[left + c * columns.stride];
            }
          }
        }
      }
    }
  }
}
