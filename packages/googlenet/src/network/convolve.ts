import type { LayerBuilder, Value } from '@strata/core';
import type { VariantStyle } from './variants.js';

interface Convolution {
  readonly filters: number;
  readonly window: number;
  readonly stride?: number;
  readonly padding: number;
  readonly relu: boolean;
}

/**
 * A convolution with what the variant puts after it; the last value gets the name. With batch norm the parameters are
 * `NAME.conv.weight` and `NAME.bn.*`, else `NAME.weight` and `NAME.bias`.
 */
export function convolve(
  layers: LayerBuilder,
  name: string,
  x: Value,
  { relu, ...options }: Convolution,
  { batchNorm }: VariantStyle,
): Value {
  if (batchNorm === undefined) return layers.conv2d(name, x, relu ? { ...options, activation: 'relu' } : options);
  const convolved = layers.conv2d(`${name}.conv`, x, { ...options, bias: false });
  const normalised = layers.batchNorm(relu ? `${name}.bn` : name, convolved, batchNorm);
  return relu ? layers.relu(name, normalised) : normalised;
}
