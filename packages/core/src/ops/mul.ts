import { broadcastShapes } from './broadcast.js';
import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `mul`. */
export type MulAttributes = NoAttributes;

/**
 * y = a · b, with NumPy broadcasting as `add` has it. Any rank. What NaN and ∞ · 0 give is unspecified. ONNX Mul-14, PyTorch
 * mul.
 */
export const mulSpec: OpSpec<MulAttributes> = {
  inputs: ['a', 'b'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, _, [a, b]) => broadcastShapes(where, a, b),
  multiplyAdds: () => 0,
};
