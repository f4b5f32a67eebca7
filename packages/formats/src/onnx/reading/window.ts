import { type Dim, InputError, type Padding, type Pair, type Rounding, spanOf, type Value } from '@strata/core';
import { numberOf, paddingOf, pairOf, textOf } from './attributes.js';
import type { OnnxNode } from './types.js';

/** What Conv, MaxPool and AveragePool say about their window, `auto_pad` turned into pixels. */
export interface OnnxWindow {
  readonly window: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly rounding: Rounding;
}

/** A pool's window on x [batch, channels, height, width]. */
export function poolWindowOf(node: OnnxNode, x: Value): OnnxWindow {
  return windowOf(node, x, pairOf(node, 'kernel_shape', [1, 1]));
}

/** A window of that size on x [batch, channels, height, width]. */
export function windowOf(node: OnnxNode, x: Value, window: Pair): OnnxWindow {
  const stride = pairOf(node, 'strides', [1, 1]);
  const dilation = pairOf(node, 'dilations', [1, 1]);
  const rounding = numberOf(node, 'ceil_mode', 0) === 1 ? 'ceil' : 'floor';
  const autoPad = textOf(node, 'auto_pad', 'NOTSET');
  if (autoPad === 'NOTSET') return { window, stride, dilation, padding: paddingOf(node), rounding };
  if (autoPad === 'VALID') return { window, stride, dilation, padding: [0, 0, 0, 0], rounding: 'floor' };
  if (autoPad !== 'SAME_UPPER' && autoPad !== 'SAME_LOWER') {
    throw new InputError({ where: node.name, got: `auto_pad ${autoPad}`, want: 'SAME_UPPER, SAME_LOWER or VALID' });
  }
  // A window that steps by 1 is padded alike on pictures of all sizes.
  const [height, width] = x.shape.slice(2).map((size, axis) => (stride[axis] === 1 ? 1 : knownSize(node, size)));
  const [top, bottom] = padSame(autoPad, { size: height, window: window[0], stride: stride[0], dilation: dilation[0] });
  const [left, right] = padSame(autoPad, { size: width, window: window[1], stride: stride[1], dilation: dilation[1] });
  return { window, stride, dilation, padding: [top, left, bottom, right], rounding: 'floor' };
}

function knownSize({ name }: OnnxNode, size: Dim): number {
  if (typeof size === 'number') return size;
  throw new InputError({ where: name, got: `auto_pad on the open size '${size}'`, want: 'a number of pixels' });
}

interface Axis {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * ONNX: the output has ⌈size / stride⌉ pixels, and the padding this takes is split in two; if it is odd, SAME_UPPER has
 * the larger half after, SAME_LOWER before.
 */
function padSame(
  autoPad: 'SAME_UPPER' | 'SAME_LOWER',
  { size, stride, ...axis }: Axis,
): [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + spanOf(axis) - size);
  const smaller = Math.floor(total / 2);
  return autoPad === 'SAME_UPPER' ? [smaller, total - smaller] : [total - smaller, smaller];
}
