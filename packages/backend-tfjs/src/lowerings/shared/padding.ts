import { countWindows, type Padding, spanOf, type WindowAxis } from '@strata/core';
import { pad, type Tensor4D } from '@tensorflow/tfjs-core';

type Explicit = [[number, number], [number, number], [number, number], [number, number]];

/** tfjs' own form of a padding on NHWC pictures. A single number is never used: tfjs gets it wrong for some windows. */
export function explicitPadding([top, left, bottom, right]: Padding): Explicit {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** Pictures with pixels of `value` around them. */
export function padPictures(x: Tensor4D, padding: Padding, value: number): Tensor4D {
  return padding.every((size) => size === 0) ? x : pad(x, explicitPadding(padding), value);
}

/** Windows along one axis of `size` pixels, and the pixels after the picture that the last one reaches. */
export function reach(size: number, axis: WindowAxis): { readonly count: number; readonly after: number } {
  const count = countWindows({ size, ...axis });
  return { count, after: Math.max(0, (count - 1) * axis.stride + spanOf(axis) - size - axis.before) };
}
