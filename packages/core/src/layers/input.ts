import type { Shape, SymbolicShape } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `input`. */
export interface InputOptions {
  /** A size to expect: devices that compile for sizes warm up with it. */
  readonly typical?: Shape;
}

export interface InputLayer {
  /** A float32 tensor given to `run`. Sizes may be names: `['batch', 1, 'height', 'width']`; `typical` is one to expect. */
  input(name: string, shape: SymbolicShape, options?: InputOptions): Value;
}

export const input: Layer<InputLayer['input']> = (writer, name, shape, { typical } = {}) => {
  const attributes = typical === undefined ? { shape: [...shape] } : { shape: [...shape], typical: [...typical] };
  return writer.add(name, [], { op: 'input', attributes });
};
