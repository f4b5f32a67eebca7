import { InputError, type Padding, type Pair, type Rounding, type Shape, spanOf } from '@strata/core';
import type { OperatorCase } from '../case.js';
import { numberOf, paddingOf, pairOf, textOf } from './attributes.js';

/** What Conv, MaxPool and AveragePool say about their window, `auto_pad` turned into pixels. */
export interface OnnxWindow {
  readonly window: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly rounding: Rounding;
}

/** The window of a case on input [batch, channels, height, width]. */
export function windowOf(source: OperatorCase, [, , height, width]: Shape, window: Pair): OnnxWindow {
  const stride = pairOf(source, 'strides', [1, 1]);
  const dilation = pairOf(source, 'dilations', [1, 1]);
  const rounding = numberOf(source, 'ceil_mode', 0) === 1 ? 'ceil' : 'floor';
  const autoPad = textOf(source, 'auto_pad', 'NOTSET');
  if (autoPad === 'NOTSET') return { window, stride, dilation, padding: paddingOf(source), rounding };
  if (autoPad !== 'SAME_UPPER' && autoPad !== 'SAME_LOWER') {
    throw new InputError({ where: source.name, got: `auto_pad ${autoPad}`, want: 'SAME_UPPER or SAME_LOWER' });
  }
  const [top, bottom] = padSame(autoPad, { size: height, window: window[0], stride: stride[0], dilation: dilation[0] });
  const [left, right] = padSame(autoPad, { size: width, window: window[1], stride: stride[1], dilation: dilation[1] });
  return { window, stride, dilation, padding: [top, left, bottom, right], rounding: 'floor' };
}

interface Axis {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * ONNX: the output has ⌈size / stride⌉ pixels, and the padding that needs is halved; of an odd one, SAME_UPPER has the
 * larger half after, SAME_LOWER before.
 */
function padSame(
  autoPad: 'SAME_UPPER' | 'SAME_LOWER',
  { size, stride, ...axis }: Axis,
): [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + spanOf(axis) - size);
  const smaller = Math.floor(total / 2);
  return autoPad === 'SAME_UPPER' ? [smaller, total - smaller] : [total - smaller, smaller];
}
