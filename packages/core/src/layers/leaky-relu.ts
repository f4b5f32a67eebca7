import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `leakyRelu`. */
export interface LeakyReluOptions {
  /** Slope below zero; 0.01 by default, as in ONNX and PyTorch. */
  readonly alpha?: number;
}

export interface LeakyReluLayer {
  /** x where x ≥ 0, `alpha`·x below, any rank. */
  leakyRelu(name: string, x: Value, options?: LeakyReluOptions): Value;
}

export const leakyRelu: Layer<LeakyReluLayer['leakyRelu']> = (writer, name, x, { alpha = 0.01 } = {}) =>
  writer.add(name, [x], { op: 'leakyRelu', attributes: { alpha } });
