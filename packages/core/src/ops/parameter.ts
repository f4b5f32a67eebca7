import type { Shape } from '../tensor/shape.js';
import { checkWhole } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `parameter`. */
export interface ParameterAttributes {
  readonly shape: Shape;
}

/** A float32 tensor that `compile` takes from the weights under the node's name. */
export const parameterSpec: OpSpec<ParameterAttributes> = {
  inputs: [],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'any',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { shape }) => {
    for (const size of shape) checkWhole(where, 'size', size, 1);
    return shape;
  },
  multiplyAdds: () => 0,
};
