import type { Layer } from './layer.js';
import type { Value } from './value.js';
import { type PoolOptions, toPool } from './window-options.js';

/** Options of `avgPool2d`. */
export interface AvgPool2dOptions extends PoolOptions {
  /** Whether padding counts in the divisor. False by default, as in ONNX; PyTorch has true. */
  readonly countPadding?: boolean;
}

export interface AvgPool2dLayer {
  /** [N,C,H,W] → [N,C,rows,columns]. */
  avgPool2d(name: string, x: Value, options: AvgPool2dOptions): Value;
}

export const avgPool2d: Layer<AvgPool2dLayer['avgPool2d']> = (writer, name, x, { countPadding = false, ...options }) =>
  writer.add(name, [x], { op: 'avgPool2d', attributes: { ...toPool(options), countPadding } });
