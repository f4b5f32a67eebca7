import type { LayerBuilder, Value } from '@strata/core';
import fc from 'fast-check';
import type { Values } from './values.js';

/** What a layer that reads a picture stands in: nothing, or two convolutions, around which libraries change layouts. */
export const surroundings = fc.oneof(
  { arbitrary: fc.constant('nothing' as const), weight: 6 },
  { arbitrary: fc.constant('convolutions' as const), weight: 1 },
);

export type Surrounding = typeof surroundings extends fc.Arbitrary<infer T> ? T : never;

/** Mostly few channels; 16 and 32 reach the blocked layouts that libraries keep for convolutions and what is near them. */
export const pictureChannels = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 9 }), weight: 8 },
  { arbitrary: fc.constantFrom(16, 32), weight: 1 },
);

/** The layer as it is, or reading from a 1×1 convolution of as many channels and read by another. */
export function between(
  layers: LayerBuilder,
  x: Value,
  surrounding: Surrounding,
  build: (x: Value) => Value,
): readonly Value[] {
  const [, channels] = x.shape;
  if (surrounding === 'nothing' || typeof channels !== 'number') return [build(x)];
  const before = layers.conv2d('before', x, { filters: channels, window: 1, activation: 'relu' });
  return [layers.conv2d('after', build(before), { filters: 3, window: 1 })];
}

/** Without NaN and infinities where a convolution would spread them over all channels. */
export function suited(values: Values, surrounding: Surrounding): Values {
  if (surrounding === 'nothing') return values;
  return { ...values, kind: values.kind === 'low' ? 'normal' : values.kind, specials: [] };
}
