import type { LayerBuilder, Value } from '@strata/core';
import fc from 'fast-check';
import type { Recipe } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import type { Values } from './values.js';

/** Trials of an op that takes one value of any rank, scalars included. */
export function elementwise(
  values: fc.Arbitrary<Values>,
  build: (layers: LayerBuilder, x: Value) => Value,
): fc.Arbitrary<Recipe> {
  return fc.record({ shape: shapesFrom(0), plan: plans, x: values }).map(({ shape, plan, x }) => {
    const { declared, runs } = runsOfShape(shape, plan);
    return {
      inputs: [{ name: 'x', declared, values: x }],
      runs,
      parameters: {},
      build: (layers, [value]) => [build(layers, value)],
    };
  });
}
