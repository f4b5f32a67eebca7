import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `abs`. */
export type AbsAttributes = NoAttributes;

/** y = |x|. Any rank. What NaN gives is unspecified. ONNX Abs-13, PyTorch abs. */
export const absSpec: OpSpec<AbsAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'notNegative',
  identity: () => 'ofNotNegative',
  commutes: () => 'no',
  inferShape: (_where, _attributes, [x]) => x,
  multiplyAdds: () => 0,
};
