import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface ReluLayer {
  /** max(x, 0), any rank. */
  relu(name: string, x: Value): Value;
}

export const relu: Layer<ReluLayer['relu']> = (writer, name, x) =>
  writer.add(name, [x], { op: 'relu', attributes: {} });
