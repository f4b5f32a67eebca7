import { broadcastShapes } from './broadcast.js';
import type { NoAttributes, OpSpec } from './op-spec.js';

/** Attributes of `add`. */
export type AddAttributes = NoAttributes;

/** y = a + b, with NumPy broadcasting: axes align from the last, and size 1 (or a missing axis) repeats. ONNX Add-14. */
export const addSpec: OpSpec<AddAttributes> = {
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
