import { normaliseAxis } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `softmax`. */
export interface SoftmaxOptions {
  /** −1, the last, by default. */
  readonly axis?: number;
}

export interface SoftmaxLayer {
  /** Along the last axis unless `axis` says otherwise. */
  softmax(name: string, x: Value, options?: SoftmaxOptions): Value;
}

export const softmax: Layer<SoftmaxLayer['softmax']> = (writer, name, x, { axis = -1 } = {}) => {
  const along = normaliseAxis(axis, x.shape.length, writer.describe(name, 'softmax'));
  return writer.add(name, [x], { op: 'softmax', attributes: { axis: along } });
};
