import type { Layer } from './layer.js';
import type { Value } from './value.js';
import { type PairLike, toPair } from './window-options.js';

/** Options of `adaptiveAvgPool2d`. */
export interface AdaptiveAvgPool2dOptions {
  /** [height, width] of the result, or one number for both. */
  readonly size: PairLike;
}

export interface AdaptiveAvgPool2dLayer {
  /** [N,C,H,W] → [N,C,height,width], the means of as many windows that cover the picture. */
  adaptiveAvgPool2d(name: string, x: Value, options: AdaptiveAvgPool2dOptions): Value;
}

export const adaptiveAvgPool2d: Layer<AdaptiveAvgPool2dLayer['adaptiveAvgPool2d']> = (writer, name, x, { size }) =>
  writer.add(name, [x], { op: 'adaptiveAvgPool2d', attributes: { size: toPair(size) } });
