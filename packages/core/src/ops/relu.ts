import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `relu`. */
export type ReluAttributes = NoAttributes;

/** y = max(x, 0). Any rank. What NaN gives is unspecified. */
export const reluSpec: OpSpec<ReluAttributes> = {
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
