import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface MulLayer {
  /** a · b, with NumPy broadcasting. */
  mul(name: string, a: Value, b: Value): Value;
}

export const mul: Layer<MulLayer['mul']> = (writer, name, a, b) =>
  writer.add(name, [a, b], { op: 'mul', attributes: {} });
