import { createReferenceBackend } from '@strata/core/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GoogLeNet, loadGoogLeNet } from '../src/index.js';
import { first8, garmentBytes, greyPixels } from './first8.js';

// The reference is dull loops in float64: seconds a picture. The conformance tools run the same on every backend.
const patience = 240_000;

let net: GoogLeNet;
beforeAll(async () => {
  net = await loadGoogLeNet({ backend: createReferenceBackend() });
}, patience);
afterAll(() => net.dispose());

describe('with the shipped weights', () => {
  it('a 28×28 picture gets the logits that PyTorch gave, up to the float16 storage', {
    timeout: patience,
  }, async () => {
    const bytes = garmentBytes(2);
    const { fc } = await net.features(
      greyPixels(28, 28, (x, y) => bytes[28 * y + x]),
      ['fc'],
    );
    for (const [index, want] of first8.logits[2].entries()) expect(Math.abs(fc.data[index] - want)).toBeLessThan(0.01);
  });
});
