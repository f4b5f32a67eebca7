import { nameTarget, probeTargets, targets } from '@strata/conformance/targets';
import { describe, expect, it } from 'vitest';
import { checkMemory } from '../src/memory/check-memory.js';

const { present: fast, absent } = await probeTargets(targets.filter((target) => target.pace === 'quick'));
for (const { target, reason } of absent) process.stderr.write(`not tested: ${nameTarget(target)}: ${reason}\n`);

/**
 * Shorter than `npm run memory`, which takes the whole network and the GPUs too. Cycles that kept their weights would
 * grow by 0.6 MB each, runs that kept their values by 0.2 MB.
 */
describe.concurrent.each(fast.map((target) => ({ target, name: nameTarget(target) })))(
  'memory of $name',
  ({ target }) => {
    it.each([
      { what: 'compile, run, dispose', mode: 'cycles', steps: target.backend === 'gpujs' ? 20 : 40 },
      { what: 'five runs', mode: 'runs', steps: 20 },
    ] as const)(
      'is flat over $steps × $what',
      async ({ mode, steps }) => {
        const result = await checkMemory(target, { model: 'block', mode, steps });
        expect(result, JSON.stringify(result)).toMatchObject({ passed: true });
        const { before, held } = result;
        expect(Object.keys(held)).toEqual(target.backend === 'tfjs' ? ['tensors', 'bytes'] : []);
        // A count that misses what an executable holds would also miss what it leaves behind.
        if (mode === 'cycles') for (const name of Object.keys(held)) expect(held[name]).toBeGreaterThan(before[name]);
      },
      240_000,
    );
  },
);
