import { type Backend, initialiseWeights, tensor } from '@strata/core';
import { buildGoogLeNet, type GoogLeNet, loadGoogLeNet } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameTarget } from '../../src/targets.js';
import { presentTargets } from './present.js';

const side = 16;

/** A picture whose values rise from 0 to `largest`. */
function ramp(largest: number) {
  return tensor(
    [1, side, side],
    Float32Array.from({ length: side * side }, (_, i) => (largest * (i % side)) / side),
  );
}

// ∞ − ∞ is NaN, of which relu makes 0 on some devices: the logits are then finite, and say nothing.
for (const target of await presentTargets('fast')) {
  describe(`values beyond float32 on ${nameTarget(target)}`, () => {
    let backend: Backend;
    let net: GoogLeNet;
    beforeAll(async () => {
      backend = await target.open();
      net = await loadGoogLeNet({ backend });
    });
    afterAll(async () => {
      await net?.dispose();
      await backend?.dispose();
    });

    it('are told where pictures lead to them', async () => {
      await expect(net.classify(ramp(3e38))).rejects.toThrow(/^\w+: (-?Infinity|NaN) at \[0,[\d,]+\]/);
      expect(await net.classify(ramp(1e4), { top: 1 })).toHaveLength(1);
    });

    it('are told where weights lead to them', async () => {
      const graph = buildGoogLeNet('seed');
      const weights = initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 });
      const huge = Object.fromEntries(
        Object.entries(weights).map(([name, { shape, data }]) => {
          const factor = /^(conv2|conv3|inception3a\.\w+)\.weight$/.test(name) ? 1e18 : 1;
          return [
            name,
            tensor(
              shape,
              Float32Array.from(data, (value) => value * factor),
            ),
          ];
        }),
      );
      const wrong = await loadGoogLeNet({ backend, weights: huge, input: [1, side, side] });
      await expect(wrong.classify(ramp(1))).rejects.toThrow(/^\w+: (-?Infinity|NaN) at \[0,[\d,]+\]/);
      await wrong.dispose();
    });
  });
}
