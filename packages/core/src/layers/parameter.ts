import type { Shape } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface ParameterLayer {
  /** A float32 tensor taken from the weights at `compile`. */
  parameter(name: string, shape: Shape): Value;
}

export const parameter: Layer<ParameterLayer['parameter']> = (writer, name, shape) =>
  writer.add(name, [], { op: 'parameter', attributes: { shape: [...shape] } });
