import {
  type Dim,
  InputError,
  isConcrete,
  type Shape,
  type SymbolicShape,
  type Tensor,
  UnsupportedError,
} from '@strata/core';
import { isFloatType } from '../../decode-floats.js';
import type { OnnxTensor } from '../opening/types.js';

/** A value that is known before the network runs: a file's constant, or what follows from constants and shapes. */
export interface Known {
  /** Floats are weights; whole numbers are sizes, axes and places, of which some may be open and have a name. */
  readonly kind: 'floats' | 'sizes';
  readonly shape: Shape;
  /** The values as numbers. Whole ones are float64. `InputError` where a size is open. The same object at each call. */
  tensor(): Tensor;
  /** Whole numbers and names of open sizes, row-major. `InputError` for floats. */
  sizes(): readonly Dim[];
}

/** What a file has; it is decoded when it is asked for. */
export function knownOf(stored: OnnxTensor, where: string): Known {
  const { dtype, shape } = stored;
  if (isFloatType(dtype)) return knownFloats(shape, () => stored.read().data, where);
  return knownSizes(shape, () => stored.readWhole(), where);
}

/** Floats that are computed when they are asked for, once. */
export function knownFloats(shape: Shape, read: () => Tensor['data'], where: string): Known {
  const tensor = once((): Tensor => ({ shape, dtype: 'float32', data: read() }));
  return {
    kind: 'floats',
    shape,
    tensor,
    sizes() {
      throw new InputError({ where, got: 'floats', want: 'whole numbers' });
    },
  };
}

/** Whole numbers and open sizes. */
export function knownSizes(shape: Shape, read: () => readonly Dim[], where: string): Known {
  const sizes = once(read);
  const tensor = once((): Tensor => ({ shape, dtype: 'float64', data: Float64Array.from(numbersOf(sizes(), where)) }));
  return { kind: 'sizes', shape, tensor, sizes };
}

/** Sizes of which none is open. */
export function numbersOf(sizes: SymbolicShape, where: string): readonly number[] {
  if (isConcrete(sizes)) return sizes;
  const open = sizes.find((size) => typeof size === 'string');
  throw new UnsupportedError({ where, got: `the open size '${open}'`, want: 'a number', hint: 'give it a fixed size' });
}

function once<T>(read: () => T): () => T {
  let value: { readonly read: T } | undefined;
  return () => {
    value ??= { read: read() };
    return value.read;
  };
}
