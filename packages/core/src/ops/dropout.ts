import { ShapeError } from '../errors.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `dropout`. */
export interface DropoutAttributes {
  /** Share of elements set to zero in training, 0 ≤ rate < 1. */
  readonly rate: number;
}

/** Identity at inference. Any rank. */
export const dropoutSpec: OpSpec<DropoutAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'always',
  commutes: () => 'no',
  inferShape: (where, { rate }, [x]) => {
    if (!(rate >= 0 && rate < 1))
      throw new ShapeError({ where, got: `rate ${rate}`, want: '0 or more and less than 1' });
    return x;
  },
  multiplyAdds: () => 0,
};
