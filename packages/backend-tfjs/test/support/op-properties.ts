import { LayerBuilder, ShapeError } from '@strata/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import * as arbitraries from './arbitraries.js';
import { expectAgreement, makeCase, type Runner } from './case.js';

/** Every op with random attributes against the float64 reference, on one device. */
export function testOps(device: string, open: () => Promise<Runner>, runs: number): void {
  describe(`${device}: every op agrees with the reference`, () => {
    let backend: Runner | undefined;
    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend?.dispose());

    for (const [op, arbitrary] of Object.entries(arbitraries)) {
      it(op, { timeout: 300_000 }, async () => {
        await fc.assert(
          fc.asyncProperty(arbitrary, fc.nat(), async (layer, seed) => {
            fc.pre(fits(layer));
            if (backend === undefined) throw new Error('the device did not open');
            await expectAgreement(backend, makeCase(layer.build, seed));
          }),
          { numRuns: runs },
        );
      });
    }
  });
}

/** Whether some window fits: random sizes need not. */
function fits(layer: arbitraries.Layer): boolean {
  try {
    layer.build(new LayerBuilder());
    return true;
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}
