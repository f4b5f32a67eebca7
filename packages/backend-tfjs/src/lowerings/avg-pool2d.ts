import { type AvgPool2dAttributes, axesOf, type Padding, type WindowAxis } from '@strata/core';
import { add, avgPool, div, scalar, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { fromPictures, pictures } from '../layout.js';
import { explicitPadding, padPictures } from './shared/padding.js';
import { combineWindows, hasKernel, type PoolPlan, planPool } from './shared/pooling.js';
import type { Lowering } from './types.js';

/**
 * The library's pool divides by the real pixels. Padding that counts is put around the picture as zeros first; what ceil
 * rounding adds never counts and stays the library's padding. With dilation: the sum of the window's elements, divided.
 */
export const avgPool2d: Lowering<'avgPool2d'> = {
  prepare:
    ({ attributes }, { traits }) =>
    ([x]) => {
      const input = pictures(x);
      const plan = planPool(input.shape, attributes);
      const sides = splitPadding(attributes, plan);
      const pads = traits.poolsPad || sides.uncounted.every((size) => size === 0);
      if (!pads || !hasKernel(attributes)) return fromPictures(averageElements(input, attributes, plan));
      const { window, stride } = attributes;
      const padded = padPictures(input, sides.counted, 0);
      return fromPictures(avgPool(padded, [...window], [...stride], explicitPadding(sides.uncounted), 'floor'));
    },
};

/** What the windows reach around the picture: as much of it as counts in the divisor, and the rest. */
function splitPadding(
  { padding, countPadding }: AvgPool2dAttributes,
  { reached }: PoolPlan,
): { readonly counted: Padding; readonly uncounted: Padding } {
  const share = (side: 0 | 1 | 2 | 3) => (countPadding ? Math.min(reached[side], padding[side]) : 0);
  const counted = [share(0), share(1), share(2), share(3)] as const;
  const [top, left, bottom, right] = reached;
  return { counted, uncounted: [top - counted[0], left - counted[1], bottom - counted[2], right - counted[3]] };
}

function averageElements(input: Tensor4D, attributes: AvgPool2dAttributes, plan: PoolPlan): Tensor4D {
  const [, height, width] = input.shape;
  const { rows, columns } = axesOf(attributes.window, attributes, attributes.rounding);
  const down = countElementsPerWindow(height, rows, plan.count[0], attributes.countPadding);
  const across = countElementsPerWindow(width, columns, plan.count[1], attributes.countPadding);
  const divisors = Float32Array.from(down.flatMap((count) => across.map((other) => count * other)));
  const divisor = divisors.every((count) => count === divisors[0])
    ? scalar(divisors[0])
    : tensor4d(divisors, [1, down.length, across.length, 1]);
  // Not addN: WebGPU binds eight arrays to a kernel, and a window may have more elements.
  return div(combineWindows(input, attributes, plan, 0, add<Tensor4D>), divisor);
}

/** How many elements of each window along one axis count: real pixels, and with `countPadding` declared padding. */
function countElementsPerWindow(size: number, axis: WindowAxis, windows: number, countPadding: boolean): number[] {
  const [first, end] = countPadding ? [-axis.before, size + axis.after] : [0, size];
  return Array.from({ length: windows }, (_, index) => {
    const start = index * axis.stride - axis.before;
    const positions = Array.from({ length: axis.window }, (__, element) => start + element * axis.dilation);
    return positions.filter((position) => position >= first && position < end).length;
  });
}
