import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `sigmoid`. */
export type SigmoidAttributes = NoAttributes;

/**
 * y = 1 / (1 + e^−x), the logistic function. Any rank; minus infinity gives 0, infinity 1, what NaN gives is unspecified.
 * Far below zero y is e^x, right in relation to itself: ONNX Runtime's own kernel gives 0 from −18 on.
 * ONNX Sigmoid-13, PyTorch sigmoid.
 */
export const sigmoidSpec: OpSpec<SigmoidAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'notNegative',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (_where, _attributes, [x]) => x,
  multiplyAdds: () => 0,
};
