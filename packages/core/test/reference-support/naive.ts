import type { OpAttributes } from '../../src/ops/op-table.js';
import { type Pair, spanOf, type WindowAxis } from '../../src/ops/window.js';

/** Numbers whose sizes come from the data, not from a shape rule. */
export interface Block {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Each output element as the products that are summed, and what the sum is divided by. */
export interface Sums {
  readonly shape: readonly number[];
  readonly terms: readonly (readonly (readonly [w: number, x: number])[])[];
  readonly divisors?: readonly number[];
}

/** Where windows start in the padded axis: by sliding, without a formula. */
export function slide(size: number, axis: WindowAxis): number[] {
  const padded = axis.before + size + axis.after;
  const span = spanOf(axis);
  const starts: number[] = [];
  for (let start = 0; start + span <= padded; start += axis.stride) starts.push(start);
  const reached = starts[starts.length - 1] + span;
  const next = starts[starts.length - 1] + axis.stride;
  if (axis.rounding === 'ceil') {
    if (reached < padded) starts.push(next);
    // One that starts at or after the end of the picture is dropped, whether padding made room for it or not.
    if (starts[starts.length - 1] >= axis.before + size) starts.pop();
  }
  return starts;
}

export function axes(
  window: readonly [number, number],
  { stride, padding, dilation }: Pick<OpAttributes['maxPool2d'], 'stride' | 'padding' | 'dilation'>,
  rounding: 'floor' | 'ceil' = 'floor',
): [WindowAxis, WindowAxis] {
  const [top, left, bottom, right] = padding;
  return [
    { window: window[0], stride: stride[0], dilation: dilation[0], before: top, after: bottom, rounding },
    { window: window[1], stride: stride[1], dilation: dilation[1], before: left, after: right, rounding },
  ];
}

/** What one window of a pool sees: each of its elements is a pixel, declared padding, or overhang. */
type Seen = number | 'padding' | 'overhang';

/** All windows of a pool over an [N,C,H,W] block, in output order. */
export function poolWindows(
  { shape: [batch, channels, height, width], data }: Block,
  [rows, columns]: readonly [WindowAxis, WindowAxis],
): { shape: number[]; windows: Seen[][] } {
  const rowStarts = slide(height, rows);
  const columnStarts = slide(width, columns);
  const windows: Seen[][] = [];
  for (let plane = 0; plane < batch * channels; plane++) {
    for (const rowStart of rowStarts) {
      for (const columnStart of columnStarts) {
        const seen: Seen[] = [];
        for (let u = 0; u < rows.window; u++) {
          for (let v = 0; v < columns.window; v++) {
            const y = rowStart + u * rows.dilation - rows.before;
            const x = columnStart + v * columns.dilation - columns.before;
            const inside = y >= 0 && y < height && x >= 0 && x < width;
            const declared = y < height + rows.after && x < width + columns.after;
            seen.push(inside ? data[(plane * height + y) * width + x] : declared ? 'padding' : 'overhang');
          }
        }
        windows.push(seen);
      }
    }
  }
  return { shape: [batch, channels, rowStarts.length, columnStarts.length], windows };
}

export function conv2dSums(x: Block, w: Block, bias: Block | undefined, attributes: OpAttributes['conv2d']): Sums {
  const [batch, channels, height, width] = x.shape;
  const [out, inPerGroup, windowRows, windowColumns] = w.shape;
  const [rows, columns] = axes([windowRows, windowColumns], attributes);
  const rowStarts = slide(height, rows);
  const columnStarts = slide(width, columns);
  const terms: [number, number][][] = [];
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < out; o++) {
      const firstChannel = Math.floor(o / (out / attributes.groups)) * inPerGroup;
      for (const rowStart of rowStarts) {
        for (const columnStart of columnStarts) {
          const sum: [number, number][] = bias === undefined ? [] : [[1, bias.data[o]]];
          for (let i = 0; i < inPerGroup; i++) {
            for (let u = 0; u < windowRows; u++) {
              for (let v = 0; v < windowColumns; v++) {
                const y = rowStart + u * rows.dilation - rows.before;
                const z = columnStart + v * columns.dilation - columns.before;
                const inside = y >= 0 && y < height && z >= 0 && z < width;
                const pixel = inside ? x.data[((n * channels + firstChannel + i) * height + y) * width + z] : 0;
                sum.push([w.data[((o * inPerGroup + i) * windowRows + u) * windowColumns + v], pixel]);
              }
            }
          }
          terms.push(sum);
        }
      }
    }
  }
  return { shape: [batch, out, rowStarts.length, columnStarts.length], terms };
}

export function linearSums(x: Block, w: Block, bias: Block | undefined): Sums {
  const [batch, features] = x.shape;
  const [out] = w.shape;
  const terms: [number, number][][] = [];
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < out; o++) {
      const sum: [number, number][] = bias === undefined ? [] : [[1, bias.data[o]]];
      for (let i = 0; i < features; i++) sum.push([w.data[o * features + i], x.data[n * features + i]]);
      terms.push(sum);
    }
  }
  return { shape: [batch, out], terms };
}

export function avgPool2dSums(x: Block, { window, rounding, countPadding, ...rest }: OpAttributes['avgPool2d']): Sums {
  const { shape, windows } = poolWindows(x, axes(window, rest, rounding));
  return {
    shape,
    terms: windows.map((seen) =>
      seen.map((element): [number, number] => [1, typeof element === 'number' ? element : 0]),
    ),
    divisors: windows.map(
      (seen) => seen.filter((element) => typeof element === 'number' || (countPadding && element === 'padding')).length,
    ),
  };
}

export function globalAvgPoolSums({ shape: [batch, channels, height, width], data }: Block): Sums {
  const area = height * width;
  const planes = Array.from({ length: batch * channels }, (_, plane) => plane);
  return {
    shape: [batch, channels, 1, 1],
    terms: planes.map((plane) => Array.from({ length: area }, (_, i): [number, number] => [1, data[plane * area + i]])),
    divisors: planes.map(() => area),
  };
}

/** Window i of an axis holds the elements that it shares a part with when the axis is cut into `size` equal parts. */
export function adaptiveAvgPool2dSums({ shape: [batch, channels, height, width], data }: Block, size: Pair): Sums {
  const within = (length: number, count: number, i: number) =>
    Array.from({ length }, (_, at) => at).filter(
      (at) => (at + 1) * count > i * length && at * count < (i + 1) * length,
    );
  const terms: (readonly [number, number])[][] = [];
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let i = 0; i < size[0]; i++) {
      for (let j = 0; j < size[1]; j++) {
        const pixels = within(height, size[0], i).flatMap((row) =>
          within(width, size[1], j).map((column) => (plane * height + row) * width + column),
        );
        terms.push(pixels.map((pixel) => [1, data[pixel]]));
      }
    }
  }
  return { shape: [batch, channels, ...size], terms, divisors: terms.map((sum) => sum.length) };
}

/** The sums in float64. */
export function evaluateSums({ terms, divisors }: Sums): number[] {
  return terms.map((sum, i) => sum.reduce((total, [w, x]) => total + w * x, 0) / (divisors?.[i] ?? 1));
}
