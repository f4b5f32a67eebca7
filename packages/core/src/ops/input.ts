import { ShapeError } from '../errors.js';
import { formatShape, type Shape, type SymbolicShape } from '../tensor/shape.js';
import type { OpSpec } from './types.js';

export interface InputAttributes {
  /** Sizes; a name (`'batch'`) where the size is known only when the network runs. One name means one size everywhere. */
  readonly shape: SymbolicShape;
  /** A size to expect: devices that compile for sizes warm up with it. */
  readonly typical?: Shape;
}

/** A float32 tensor that the caller gives to `run` under the node's name. */
export const inputSpec: OpSpec<'input'> = {
  kind: 'input',
  inputs: [],
  inferShape: (where, { shape }) => {
    for (const size of shape) {
      if (typeof size === 'string' ? size === '' : !Number.isInteger(size) || size < 1) {
        throw new ShapeError({
          where,
          got: `shape ${formatShape(shape)}`,
          want: 'sizes of at least 1, or their names',
        });
      }
    }
    return shape;
  },
};
