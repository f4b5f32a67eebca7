import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultPasses } from '../src/passes/default-passes.js';
import { delayActivation } from '../src/passes/delay-activation.js';
import { runPasses } from '../src/passes/pass.js';
import { interpret } from '../src/reference/index.js';
import { buildPlan, choices, randomTensor, randomWeights } from './support/random-model.js';

const inputShape = [2, 4, 7, 6] as const;

it.each([
  ['the default passes', defaultPasses],
  ['those and delayActivation', [...defaultPasses, delayActivation]],
])('%s keep every output within the sum of both tolerances', (_, passes) => {
  let rewritten = 0;
  fc.assert(
    fc.property(choices, fc.nat(), (plan, seed) => {
      const graph = buildPlan(plan, inputShape);
      const weights = randomWeights(graph, seed);
      const inputs = { x: randomTensor(inputShape, seed) };
      const model = runPasses({ graph, weights }, passes);
      if (model.graph.nodes.length < graph.nodes.length) rewritten++;
      const before = interpret(graph, weights, inputs);
      const after = interpret(model.graph, model.weights, inputs);
      for (const [name, want] of before) {
        const got = after.get(name);
        expect(got?.shape).toEqual(want.shape);
        const wrong = Array.from(want.value.keys()).filter((i) => {
          const allowed = want.tolerance[i] + (got?.tolerance[i] ?? 0);
          return !(Math.abs(want.value[i] - (got?.value[i] ?? Number.NaN)) <= allowed);
        });
        expect(wrong.map((i) => [name, i, want.value[i], got?.value[i], want.tolerance[i]])).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(rewritten).toBeGreaterThan(30);
});
