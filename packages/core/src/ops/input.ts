import { ShapeError } from '../errors.js';
import { formatShape, type Shape, type SymbolicShape } from '../tensor/shape.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `input`. */
export interface InputAttributes {
  /** Sizes; a name (`'batch'`) where the size is known only when the network runs. One name means one size everywhere. */
  readonly shape: SymbolicShape;
  /** A size to expect: devices that compile for sizes warm up with it. */
  readonly typical?: Shape;
}

/** A float32 tensor that the caller gives to `run` under the node's name. */
export const inputSpec: OpSpec<InputAttributes> = {
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
  multiplyAdds: () => 0,
};
