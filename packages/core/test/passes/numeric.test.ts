import { graphTrials } from '@strata/trials';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultPasses } from '../../src/passes/default-passes.js';
import { delayActivation } from '../../src/passes/delay-activation.js';
import { runPasses } from '../../src/passes/pass.js';
import { agree, formatDisagreement, interpret } from '../../src/reference/index.js';

it.each([
  ['the default passes', defaultPasses],
  ['those and delayActivation', [...defaultPasses, delayActivation]],
])('%s keep every output within the sum of both tolerances', (_, passes) => {
  let rewritten = 0;
  fc.assert(
    fc.property(graphTrials, ({ graph, weights, runs: [inputs], structured }) => {
      const model = runPasses({ graph, weights }, passes);
      if (model.graph.nodes.length < graph.nodes.length) rewritten++;
      const before = interpret(graph, weights, inputs, { structured });
      const after = interpret(model.graph, model.weights, inputs, { structured });
      for (const [name, want] of before) {
        const got = after.get(name);
        expect(got?.shape).toEqual(want.shape);
        const tolerance = want.tolerance.map((own, i) => own + (got?.tolerance[i] ?? 0));
        const agreement = agree({ ...want, tolerance }, got?.value ?? new Float64Array());
        expect(agreement.failed, formatDisagreement(agreement, name)).toBe(0);
      }
    }),
    { numRuns: 80 },
  );
  expect(rewritten).toBeGreaterThan(20);
});
