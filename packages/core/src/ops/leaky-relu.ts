import { checkFinite } from './check.js';
import type { Identity, OpSpec } from './op-spec.js';

/** Attributes of `leakyRelu`. */
export interface LeakyReluAttributes {
  /** Slope below zero: any finite float32. */
  readonly alpha: number;
}

/**
 * y = x where x ≥ 0, alpha·x below. Any rank. Minus infinity gives infinity of the sign of alpha·x; what it gives at
 * alpha 0, and what NaN gives, is unspecified. ONNX LeakyRelu-16, PyTorch leaky_relu; Keras' slope is 0.3 by default.
 */
export const leakyReluSpec: OpSpec<LeakyReluAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: ({ alpha }) => (alpha <= 0 ? 'notNegative' : 'asInputs'),
  identity: identityOf,
  commutes: () => 'no',
  inferShape: (where, { alpha }, [x]) => {
    checkFinite(where, 'alpha', alpha);
    return x;
  },
  multiplyAdds: () => 0,
};

function identityOf({ alpha }: LeakyReluAttributes): Identity {
  return alpha === 1 ? 'always' : 'ofNotNegative';
}
