import { createBackend } from '@strata/backend-onnx';
import { nameTarget, probeTargets, targets } from '@strata/conformance/targets';
import { createRandom, tensor } from '@strata/core';
import { type GoogLeNet, loadGoogLeNet, type Prediction } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draw } from '../src/drawings/draw.js';
import { kinds } from '../src/drawings/kinds.js';
import { rate, shareOf } from '../src/evaluate.js';
import { prepare } from '../src/pictures.js';
import { loadSamples, mirrorPixels, turnPixels } from '../src/samples.js';

const { present, absent } = await probeTargets(targets.filter(({ pace }) => pace === 'quick'));
for (const { target, reason } of absent) process.stderr.write(`not tested: ${nameTarget(target)}: ${reason}\n`);

let net: GoogLeNet;
beforeAll(async () => {
  net = await loadGoogLeNet({ backend: createBackend() });
});
afterAll(async () => {
  await net.dispose();
  await net.backend.dispose();
});

describe('with the shipped weights', () => {
  it('no sample is unusual, and no mirrored one', async () => {
    const samples = await loadSamples();
    expect(await rate(net, 'samples', [...samples, ...samples.map(mirrorPixels)])).toMatchObject({
      count: 16,
      unusual: 0,
    });
  });

  it('samples turned by a quarter are, at least three of four', async () => {
    const turned = (await loadSamples()).map(turnPixels);
    const found = await rate(net, 'turned', [...turned, ...turned.map(turnPixels).map(turnPixels)]);
    expect(found.count).toBe(16);
    expect(shareOf(found)).toBeGreaterThanOrEqual(0.75);
  });

  it('drawings of each kind without a garment are, at least 95 of 100', async () => {
    const pictures = [...kinds].flatMap(([name, kind]) => [...draw(kind, 1, `gate ${name}`)]);
    const found = await rate(net, 'no garment', pictures);
    // A machine may have no fonts, and then some drawings are blank and refused.
    expect(found.count).toBeGreaterThan(70);
    expect(shareOf(found)).toBeGreaterThanOrEqual(0.95);
  });

  it('an invoice, a motorcycle and a dress that lies on its side are', async () => {
    const invoice =
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="white"/>' +
      '<text x="40" y="110" font-size="50" font-family="sans-serif">Invoice 42</text></svg>';
    const motorcycle = kinds.get('vehicles/motorcycle');
    if (motorcycle === undefined) throw new Error('no motorcycle');
    // In the order of their names: ankle boot, bag, dress.
    const [, , dress] = await loadSamples();
    const pictures = [new TextEncoder().encode(invoice), ...draw(motorcycle, 3, 'motorcycle'), turnPixels(dress)];
    const { count, unusual } = await rate(net, 'named', pictures);
    expect(unusual).toBe(count);
  });
});

describe('the score', () => {
  it.each(present.map((target) => [nameTarget(target), target] as const))(
    'on %s is that on ONNX Runtime but for rounding, and so is the verdict',
    async (_, target) => {
      const names = ['vehicles/ship', 'strangers/dog'];
      const drawings = [...kinds].flatMap(([name, kind]) => (names.includes(name) ? [...draw(kind, 1, name)] : []));
      const prepared = await Promise.all(
        [...(await loadSamples()).slice(0, 1), ...drawings].map((one) => prepare(one, net.inputShape)),
      );
      const pictures = prepared.flatMap((one) => (one === undefined ? [] : [one]));
      expect(pictures).toHaveLength(3);
      const want = await net.classify(pictures, { top: 1 });
      const backend = await target.open();
      const other = await loadGoogLeNet({ backend });
      const got = await other.classify(pictures, { top: 1 });
      await other.dispose();
      await backend.dispose();
      for (const [index, [one]] of got.entries()) {
        expect(Math.abs(scoreOf(one) - scoreOf(want[index][0]))).toBeLessThan(1e-4);
        expect(one.unusual).toBe(want[index][0].unusual);
      }
    },
  );

  it('a picture has the same score alone, in a batch of pictures and in a batch of one tensor', async () => {
    const random = createRandom('batches');
    const data = Float32Array.from({ length: 3 * 96 * 96 }, () => random.uniform());
    const rows = [0, 1, 2].map((row) => tensor([1, 96, 96], data.slice(row * 96 * 96, (row + 1) * 96 * 96)));
    const alone = await Promise.all(rows.map((row) => net.classify(row, { top: 1 })));
    const together = await net.classify(rows, { top: 1 });
    const stacked = await net.classifyBatch(tensor([3, 1, 96, 96], data), { top: 1 });
    for (const [index, [{ unusualScore }]] of alone.entries()) {
      expect(scoreOf(together[index][0])).toBeCloseTo(unusualScore ?? -1, 5);
      expect(stacked[index][0].unusualScore).toBe(together[index][0].unusualScore);
    }
  });
});

function scoreOf({ unusualScore }: Prediction): number {
  if (unusualScore === null) throw new Error('not known');
  return unusualScore;
}
