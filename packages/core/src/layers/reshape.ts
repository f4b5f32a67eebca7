import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `reshape`. */
export interface ReshapeOptions {
  /** Sizes of the result: 0 copies that axis of `x`, and one −1 takes what the others leave. */
  readonly shape: readonly number[];
}

export interface ReshapeLayer {
  /** The same elements in the same order under other axes: `{ shape: [0, -1] }` keeps the batch and joins the rest. */
  reshape(name: string, x: Value, options: ReshapeOptions): Value;
}

export const reshape: Layer<ReshapeLayer['reshape']> = (writer, name, x, { shape }) =>
  writer.add(name, [x], { op: 'reshape', attributes: { shape: [...shape] } });
