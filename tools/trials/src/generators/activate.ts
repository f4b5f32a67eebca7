import type { LayerBuilder, Value } from '@strata/core';
import fc from 'fast-check';

/** What comes after a layer: nothing, a relu that a pass may fuse with it, or one that it may not, for the value is read. */
export const afterwards = fc.constantFrom('nothing', 'nothing', 'relu', 'relu', 'relu, observed', 'relu, read');

/** The outputs of a trial whose layer is `value`. */
export function activate(layers: LayerBuilder, value: Value, after: string): readonly Value[] {
  if (after === 'nothing') return [value];
  const relu = layers.relu('relu', value);
  if (after === 'relu') return [relu];
  return after === 'relu, observed' ? [relu, value] : [layers.add('sum', relu, value)];
}
