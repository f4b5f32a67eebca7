import { describeNode } from '@strata/core';
import { padWithZeros, reachOf, startOf } from '../kernels/pad.js';
import { outputShape } from '../kernels/shapes.js';
import { sumOfProducts } from '../kernels/sum-of-products.js';
import type { Lowering } from '../kernels/types.js';

/** The sum over a window of the zero-padded picture, divided by how many pixels count in it. */
export const avgPool2d: Lowering<'avgPool2d'> = (node, plan) => {
  const { window, stride, padding, dilation, countPadding } = node.attributes;
  const [top, left, bottom, right] = padding;
  const source = plan.value(node.inputs[0]);
  const shape = outputShape(node, plan);
  const [batch, channels, rows, columns] = shape;
  const [, , height, width] = source.shape;
  const down = { windows: rows, window: window[0], stride: stride[0], dilation: dilation[0] };
  const across = { windows: columns, window: window[1], stride: stride[1], dilation: dilation[1] };
  const x = padWithZeros(
    describeNode(node),
    source,
    { before: startOf(padding), height: reachOf(rows, down), width: reachOf(columns, across) },
    plan,
  );
  const [, , paddedHeight, paddedWidth] = x.shape;
  return plan.call(describeNode(node), {
    shape,
    extent: { planes: batch * channels, rows, columns },
    reads: { x },
    constants: {
      down: counts({ ...down, size: height, before: top, after: countPadding ? bottom : undefined }),
      across: counts({ ...across, size: width, before: left, after: countPadding ? right : undefined }),
    },
    body: (names) => `
      ${sumOfProducts(
        {
          x: names.x,
          startX: `plane * ${paddedHeight * paddedWidth} + row * ${stride[0] * paddedWidth} + column * ${stride[1]}`,
          axes: [
            { count: window[0], inX: dilation[0] * paddedWidth, inWeights: 0 },
            { count: window[1], inX: dilation[1], inWeights: 0 },
          ],
          initial: '0.0',
        },
        plan.style,
      )}
      return sum / (this.constants.down[row] * this.constants.across[column]);`,
  });
};

interface Axis {
  readonly windows: number;
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  /** Declared padding at the far end, where padding counts. */
  readonly after: number | undefined;
}

/** How many elements of each window count along one axis. */
function counts({ windows, size, window, stride, dilation, before, after }: Axis): Float32Array {
  const least = after === undefined ? 0 : -before;
  const most = after === undefined ? size : size + after;
  return Float32Array.from({ length: windows }, (_, w) => {
    const elements = Array.from({ length: window }, (_element, i) => w * stride - before + i * dilation);
    return elements.filter((position) => position >= least && position < most).length;
  });
}
