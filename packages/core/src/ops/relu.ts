import type { NoAttributes, OpSpec } from './types.js';

export type ReluAttributes = NoAttributes;

/** y = max(x, 0). Any rank. What NaN gives is unspecified. */
export const reluSpec: OpSpec<'relu'> = {
  kind: 'relu',
  inputs: ['x'],
  inferShape: (_where, _attributes, [x]) => x,
};
