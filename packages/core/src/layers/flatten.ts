import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `flatten`. */
export interface FlattenOptions {
  /** 1 by default; negative counts from the end. */
  readonly axis?: number;
}

export interface FlattenLayer {
  /** Two axes, cut before `axis`: 1 by default, which keeps the batch. */
  flatten(name: string, x: Value, options?: FlattenOptions): Value;
}

export const flatten: Layer<FlattenLayer['flatten']> = (writer, name, x, { axis = 1 } = {}) =>
  writer.add(name, [x], { op: 'flatten', attributes: { axis: axis < 0 ? axis + x.shape.length : axis } });
