import type { Shape } from '../tensor/shape.js';
import { checkWhole } from './check.js';
import type { OpSpec } from './types.js';

export interface ParameterAttributes {
  readonly shape: Shape;
}

/** A float32 tensor that `compile` takes from the weights under the node's name. */
export const parameterSpec: OpSpec<'parameter'> = {
  kind: 'parameter',
  inputs: [],
  inferShape: (where, { shape }) => {
    for (const size of shape) checkWhole(where, 'size', size, 1);
    return shape;
  },
};
