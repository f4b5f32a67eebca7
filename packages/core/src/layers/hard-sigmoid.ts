import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `hardSigmoid`. PyTorch and Keras have 1/6 and 0.5. */
export interface HardSigmoidOptions {
  /** Slope; 0.2 by default, as in ONNX. */
  readonly alpha?: number;
  /** Value at zero; 0.5 by default. */
  readonly beta?: number;
}

export interface HardSigmoidLayer {
  /** max(0, min(1, `alpha`·x + `beta`)), any rank. */
  hardSigmoid(name: string, x: Value, options?: HardSigmoidOptions): Value;
}

export const hardSigmoid: Layer<HardSigmoidLayer['hardSigmoid']> = (
  writer,
  name,
  x,
  { alpha = 0.2, beta = 0.5 } = {},
) => writer.add(name, [x], { op: 'hardSigmoid', attributes: { alpha, beta } });
