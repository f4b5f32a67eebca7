import type { Layer } from './layer.js';
import type { Value } from './value.js';
import { type PoolOptions, toPool } from './window-options.js';

export interface MaxPool2dLayer {
  /** [N,C,H,W] → [N,C,rows,columns]; padding is minus infinity. */
  maxPool2d(name: string, x: Value, options: PoolOptions): Value;
}

export const maxPool2d: Layer<MaxPool2dLayer['maxPool2d']> = (writer, name, x, options) =>
  writer.add(name, [x], { op: 'maxPool2d', attributes: toPool(options) });
