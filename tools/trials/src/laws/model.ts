import { LayerBuilder, type Tensor, type Value } from '@strata/core';
import type { Trial } from '../trial.js';

/** A model on one input `x`, run once, with weights by parameter name. */
export function modelOn(
  x: Tensor,
  weights: Readonly<Record<string, Tensor>>,
  build: (layers: LayerBuilder, x: Value) => Value,
): Trial {
  const layers = new LayerBuilder();
  const graph = layers.build([build(layers, layers.input('x', x.shape))]);
  return { graph, weights, runs: [{ x }], structured: true };
}

/** A convolution's options with its weights: what the laws about it vary. */
export function convOn(
  x: Tensor,
  weights: { readonly weight: Tensor; readonly bias?: Tensor },
  options: {
    readonly stride?: number;
    readonly padding?: number;
    readonly dilation?: number;
    readonly groups?: number;
  } = {},
): Trial {
  const { weight, bias } = weights;
  const [filters, , rows, columns] = weight.shape;
  const bound = { 'conv.weight': weight, ...(bias === undefined ? {} : { 'conv.bias': bias }) };
  return modelOn(x, bound, (layers, picture) =>
    layers.conv2d('conv', picture, { filters, window: [rows, columns], bias: bias !== undefined, ...options }),
  );
}
