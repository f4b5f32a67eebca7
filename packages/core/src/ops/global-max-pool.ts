import { checkRank, NCHW } from './check.js';
import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `globalMaxPool`. */
export type GlobalMaxPoolAttributes = NoAttributes;

/** y[n,c,0,0] = the largest of x[n,c,·,·]. NCHW → [N,C,1,1]. What NaN gives is unspecified. ONNX GlobalMaxPool-1. */
export const globalMaxPoolSpec: OpSpec<GlobalMaxPoolAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, _, [x]) => {
    checkRank(where, 'x', x, NCHW);
    const [batch, channels] = x;
    return [batch, channels, 1, 1];
  },
  multiplyAdds: () => 0,
};
