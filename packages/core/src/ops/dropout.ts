import { ShapeError } from '../errors.js';
import type { OpSpec } from './types.js';

export interface DropoutAttributes {
  /** Share of elements set to zero in training, 0 ≤ rate < 1. */
  readonly rate: number;
}

/** Identity at inference. Any rank. */
export const dropoutSpec: OpSpec<'dropout'> = {
  kind: 'dropout',
  inputs: ['x'],
  inferShape: (where, { rate }, [x]) => {
    if (!(rate >= 0 && rate < 1))
      throw new ShapeError({ where, got: `rate ${rate}`, want: '0 or more and less than 1' });
    return x;
  },
};
