import type { LayerBuilder, Value } from '@strata/core';
import fc from 'fast-check';
import { type Recipe, trialsOf } from '../generators/compose.js';
import { picturesOf, plans } from '../generators/sizes.js';
import { anyValues, positiveValues } from '../generators/values.js';
import { type GraphStep, stepKinds, steps } from './steps.js';

const step: fc.Arbitrary<GraphStep> = fc.record({
  kind: fc.constantFrom(...stepKinds),
  from: fc.nat({ max: 5 }),
  other: fc.nat({ max: 29 }),
  pick: fc.nat({ max: 29 }),
});

/** Where the network ends: at its last picture, or in a classifier. */
const heads = fc.constantFrom('picture' as const, 'linear' as const, 'hidden' as const, 'softmax' as const);

type Head = typeof heads extends fc.Arbitrary<infer T> ? T : never;

const graphRecipes: fc.Arbitrary<Recipe> = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 16 }),
    head: heads,
    observed: fc.nat({ max: 23 }),
    channels: fc.integer({ min: 1, max: 7 }),
    height: fc.integer({ min: 1, max: 11 }),
    width: fc.integer({ min: 1, max: 9 }),
    plan: plans,
    values: anyValues,
    weights: anyValues,
    variance: positiveValues,
  })
  .map(({ steps: chosen, head, observed, channels, height, width, plan, values, weights, variance }) => {
    const { declared, runs } = picturesOf(plan, { channels, height, width });
    return {
      inputs: [{ name: 'x', declared, values }],
      runs,
      parameters: { '*': weights, variance },
      build: (layers, [x]) => {
        const { values: grown, shown } = grow(layers, x, chosen);
        const last = finish(layers, grown[grown.length - 1], head);
        // A value in the middle that is asked for too: no pass may remove it or fuse it away.
        const asked = observed % 2 === 0 && shown.length > 0 ? shown : grown;
        const middle = asked[Math.floor(observed / 2) % asked.length];
        return middle === x || middle.name === last.name ? [last] : [last, middle];
      },
    };
  });

/** Every value that a later step may read, and those inside steps that may be asked for. */
function grow(layers: LayerBuilder, x: Value, chosen: readonly GraphStep[]): { values: Value[]; shown: Value[] } {
  const values: Value[] = [x];
  const shown: Value[] = [];
  const show = (value: Value) => {
    shown.push(value);
    return value;
  };
  for (const [index, one] of chosen.entries()) {
    // Mostly from the newest values, so that networks grow deep; branches start at older ones.
    const from = values[Math.max(0, values.length - 1 - one.from)];
    const added = steps[one.kind]({ layers, name: `n${index}`, values, x: from, step: one, show });
    if (!values.includes(added)) values.push(added);
  }
  return { values, shown };
}

function finish(layers: LayerBuilder, x: Value, head: Head): Value {
  if (head === 'picture') return layers.relu('end', x);
  const flat = layers.flatten('flat', layers.globalAvgPool('pool', x));
  const features = head === 'hidden' ? hideLayer(layers, flat) : flat;
  const logits = layers.linear('fc', layers.dropout('dropout', features, { rate: 0.2 }), { features: 5 });
  return head === 'softmax' ? layers.softmax('softmax', logits) : logits;
}

/** A layer of which a pass may fuse the relu, and must leave the batch norm: there is no convolution to fold it into. */
function hideLayer(layers: LayerBuilder, x: Value): Value {
  const linear = layers.linear('hidden', x, { features: 7, activation: 'relu' });
  return layers.batchNorm('hidden norm', linear);
}

/** Networks of three nodes and more with branches that join; a failing one shrinks to its smallest. */
export const graphTrials = trialsOf(graphRecipes);
