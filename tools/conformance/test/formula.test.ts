import { countElements } from '@strata/core';
import { expect, it } from 'vitest';
import { goldenInput, goldenWeights, unit } from '../src/golden/formula.js';
import { goldenNames, loadGolden } from '../src/golden/load.js';

/** The formula as the goldens' README writes it, in whole numbers without a width. */
function unitByBigInt(index: number, seed: number): number {
  const mask = 0xffffffffn;
  let x = ((BigInt(index) ^ BigInt(seed)) * 0x9e3779b1n) & mask;
  x ^= x >> 16n;
  x = (x * 0x85ebca6bn) & mask;
  x ^= x >> 13n;
  x = (x * 0xc2b2ae35n) & mask;
  x ^= x >> 16n;
  return Math.fround(Number(x) / 2 ** 32);
}

it('is the formula, worked out in 32 bits', () => {
  for (let i = 0; i < 2000; i++) {
    const seed = (i * 2654435761) >>> 0;
    expect(unit(i * 977, seed)).toBe(unitByBigInt(i * 977, seed));
  }
});

it.each(goldenNames)('makes the picture and every tensor of %s in their shapes and ranges', async (name) => {
  const golden = await loadGolden(name);
  const picture = goldenInput(golden);
  expect(picture.data.length).toBe(countElements(golden.input));
  expect(Math.min(...picture.data.slice(0, 1000))).toBeGreaterThanOrEqual(0);
  const weights = goldenWeights(golden);
  expect(Object.keys(weights)).toEqual(golden.tensors.map((tensor) => tensor.name));
  for (const { name: tensorName, shape } of golden.tensors) {
    expect(weights[tensorName].shape).toEqual(shape);
  }
});

it('gives variances and batch norm scales from 0.5 to 1.5, and biases from -0.1 to 0.1', async () => {
  const weights = goldenWeights(await loadGolden('torchvision-224'));
  const range = (name: string) => [Math.min(...weights[name].data), Math.max(...weights[name].data)];
  for (const name of ['conv1.bn.weight', 'conv1.bn.running_var']) {
    const [least, most] = range(name);
    expect(least).toBeGreaterThan(0.5);
    expect(most).toBeLessThan(1.5);
  }
  const [least, most] = range('conv1.bn.bias');
  expect(least).toBeGreaterThan(-0.1);
  expect(most).toBeLessThan(0.1);
});
