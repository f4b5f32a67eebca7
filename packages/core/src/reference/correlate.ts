import type { WindowAxis } from '../ops/window.js';
import { countElements, type Shape } from '../tensor/shape.js';
import { elementsInside } from './window-reach.js';

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
 * What a window covers is gathered once for all of its group's output channels.
 */
export function correlate(x: Float64Array, w: Float64Array, sum: Float64Array, sizes: Correlation): void {
  const [batch, channels, height, width] = sizes.input;
  const [out, inPerGroup, ...window] = sizes.weights;
  const [, , outHeight, outWidth] = sizes.output;
  const terms = inPerGroup * countElements(window);
  const patch: Patch = { size: 0, pixels: new Float64Array(terms), elements: new Int32Array(terms) };
  const outPerGroup = out / sizes.groups;
  const area = outHeight * outWidth;
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < sizes.groups; group++) {
      const planes = (n * channels + group * inPerGroup) * height * width;
      const first = group * outPerGroup;
      const filters = w.subarray(first * terms, (first + outPerGroup) * terms);
      for (let pixel = 0; pixel < area; pixel++) {
        gather(patch, x, planes, Math.floor(pixel / outWidth), pixel % outWidth, sizes);
        addProducts(patch, filters, terms, sum, {
          start: (n * out + first) * area + pixel,
          step: area,
        });
      }
    }
  }
}

/** The pixels that a window covers, and the elements [in/groups, rows, columns] of the weights that lie on them. */
interface Patch {
  size: number;
  readonly pixels: Float64Array;
  readonly elements: Int32Array;
}

/** The window of output [row, column] on planes of x that start at `planes`. */
function gather(
  patch: Patch,
  x: Float64Array,
  planes: number,
  row: number,
  column: number,
  { input: [, , height, width], weights: [, inPerGroup], rows, columns }: Correlation,
): void {
  const [firstRow, endRow] = elementsInside(rows, height, row);
  const [firstColumn, endColumn] = elementsInside(columns, width, column);
  const top = row * rows.stride - rows.before;
  const left = column * columns.stride - columns.before;
  let size = 0;
  for (let i = 0; i < inPerGroup; i++) {
    for (let u = firstRow; u < endRow; u++) {
      const pixels = planes + (i * height + top + u * rows.dilation) * width + left;
      const elements = (i * rows.window + u) * columns.window;
      for (let v = firstColumn; v < endColumn; v++) {
        patch.pixels[size] = x[pixels + v * columns.dilation];
        patch.elements[size] = elements + v;
        size++;
      }
    }
  }
  patch.size = size;
}

/** sum[start + o·step] += Σ w[o, element] · pixel, for four outputs at a time, which do not wait for one another. */
function addProducts(
  { size, pixels, elements }: Patch,
  w: Float64Array,
  terms: number,
  sum: Float64Array,
  { start, step }: { readonly start: number; readonly step: number },
): void {
  const outputs = w.length / terms;
  const fours = outputs - (outputs % 4);
  for (let o = 0; o < fours; o += 4) {
    const at = o * terms;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < size; i++) {
      const pixel = pixels[i];
      const weight = at + elements[i];
      a += w[weight] * pixel;
      b += w[weight + terms] * pixel;
      c += w[weight + 2 * terms] * pixel;
      d += w[weight + 3 * terms] * pixel;
    }
    sum[start + o * step] += a;
    sum[start + (o + 1) * step] += b;
    sum[start + (o + 2) * step] += c;
    sum[start + (o + 3) * step] += d;
  }
  for (let o = fours; o < outputs; o++) {
    let total = 0;
    for (let i = 0; i < size; i++) total += w[o * terms + elements[i]] * pixels[i];
    sum[start + o * step] += total;
  }
}
