import { checkFinite } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `hardSigmoid`: any finite float32. */
export interface HardSigmoidAttributes {
  /** Slope between the ends. */
  readonly alpha: number;
  /** Value at zero. */
  readonly beta: number;
}

/**
 * y = max(0, min(1, alpha·x + beta)). Any rank. Infinity gives 0 or 1; what it gives at alpha 0, and what NaN gives, is
 * unspecified. ONNX HardSigmoid-6 with alpha 0.2 and beta 0.5 by default; PyTorch's hardsigmoid and Keras' have 1/6
 * and 0.5.
 */
export const hardSigmoidSpec: OpSpec<HardSigmoidAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'notNegative',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { alpha, beta }, [x]) => {
    checkFinite(where, 'alpha', alpha);
    checkFinite(where, 'beta', beta);
    return x;
  },
  multiplyAdds: () => 0,
};
