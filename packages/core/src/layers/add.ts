import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface AddLayer {
  /** a + b, with NumPy broadcasting. */
  add(name: string, a: Value, b: Value): Value;
}

export const add: Layer<AddLayer['add']> = (writer, name, a, b) =>
  writer.add(name, [a, b], { op: 'add', attributes: {} });
