import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface SigmoidLayer {
  /** 1 / (1 + e^−x), any rank. */
  sigmoid(name: string, x: Value): Value;
}

export const sigmoid: Layer<SigmoidLayer['sigmoid']> = (writer, name, x) =>
  writer.add(name, [x], { op: 'sigmoid', attributes: {} });
