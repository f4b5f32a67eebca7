import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactly } from '../../src/reference/index.js';
import { lrnInFloat32, orders, softmaxInFloat32, sumInFloat32 } from '../reference-support/float32.js';
import { block, direct, evaluate, expectAgreement, expectAllOrders, LEAST_SHARE } from '../reference-support/judge.js';
import { adaptiveAvgPool2dSums, conv2dSums } from '../reference-support/naive.js';
import { createRandom, unstructuredFills } from '../reference-support/random.js';

const { fround } = Math;

describe('a right float32 op is within the tolerance', () => {
  const logits = fc.record({
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 50 }),
    spread: fc.constantFrom(1, 10, 100),
    seed: fc.integer(),
  });

  it('softmax', () => {
    let worst = 0;
    fc.assert(
      fc.property(logits, ({ rows, columns, spread, seed }) => {
        const random = createRandom(seed);
        const x = block([rows, columns], () => spread * (2 * random() - 1));
        const y = evaluate({ name: 'y', op: 'softmax', inputs: ['x'], attributes: { axis: 1 } }, [x]);
        worst = Math.max(worst, expectAgreement(y, softmaxInFloat32(x), 'softmax'));
      }),
      { numRuns: 500 },
    );
    expect(worst).toBeGreaterThan(LEAST_SHARE);
  });

  it('lrn', () => {
    const lrn = fc.record({
      channels: fc.integer({ min: 1, max: 9 }),
      size: fc.integer({ min: 1, max: 6 }),
      alpha: fc.constantFrom(0, 1e-4, 0.5, 10),
      beta: fc.constantFrom(0.5, 0.75, 1, 2),
      k: fc.constantFrom(0.01, 1, 2),
      spread: fc.constantFrom(0.1, 1, 300),
      seed: fc.integer(),
    });
    let worst = 0;
    fc.assert(
      fc.property(lrn, ({ channels, spread, seed, ...attributes }) => {
        const random = createRandom(seed);
        const x = block([1, channels, 1, 1], () => spread * (2 * random() - 1));
        const y = evaluate({ name: 'y', op: 'lrn', inputs: ['x'], attributes }, [x]);
        worst = Math.max(worst, expectAgreement(y, lrnInFloat32([...x.value], attributes), 'lrn'));
      }),
      { numRuns: 500 },
    );
    expect(worst).toBeGreaterThan(LEAST_SHARE);
  });

  it('batchNorm, as written and as scale and shift', () => {
    let worst = 0;
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1e-5, 1e-3, 1), (seed, epsilon) => {
        const random = createRandom(seed);
        const zeroMean = unstructuredFills.zeroMean(random);
        const [x, scale, shift, mean] = [[2, 3, 4], [3], [3], [3]].map((shape) => block(shape, zeroMean));
        const variance = block([3], random);
        const inputs = [x, scale, shift, mean, variance];
        const names = ['x', 'scale', 'shift', 'mean', 'variance'];
        const y = evaluate({ name: 'y', op: 'batchNorm', inputs: names, attributes: { epsilon } }, inputs);
        const channelOf = (i: number) => Math.floor(i / 4) % 3;
        const roots = Array.from(variance.value, (value) => fround(Math.sqrt(fround(value + fround(epsilon)))));
        const written = Float32Array.from(x.value, (value, i) => {
          const c = channelOf(i);
          const quotient = fround(fround(value - mean.value[c]) / roots[c]);
          return fround(quotient * scale.value[c]) + shift.value[c];
        });
        expectAgreement(y, written, 'as written');
        const scaled = Float32Array.from(x.value, (value, i) => {
          const c = channelOf(i);
          const gain = fround(scale.value[c] / roots[c]);
          return fround(value * gain) + fround(shift.value[c] - fround(mean.value[c] * gain));
        });
        worst = Math.max(worst, expectAgreement(y, scaled, 'as scale and shift'));
      }),
      { numRuns: 300 },
    );
    expect(worst).toBeGreaterThan(LEAST_SHARE);
  });

  it('batchNorm folded into the convolution before it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 8, 200), (seed, channels) => {
        const random = createRandom(seed);
        const zeroMean = unstructuredFills.zeroMean(random);
        const x = block([1, channels, 2, 3], zeroMean);
        const w = block([2, channels, 1, 1], zeroMean);
        const [scale, shift, mean] = [50, 10, 30].map((spread) => block([2], () => spread * zeroMean()));
        const variance = block([2], random);
        const attributes = {
          stride: [1, 1],
          padding: [0, 0, 0, 0],
          dilation: [1, 1],
          groups: 1,
          activation: 'none',
        } as const;
        const conv = evaluate({ name: 'c', op: 'conv2d', inputs: ['x', 'w'], attributes }, [x, w]);
        const statistics = [conv, scale, shift, mean, variance];
        const names = ['c', 'scale', 'shift', 'mean', 'variance'];
        const norm = { name: 'y', op: 'batchNorm', inputs: names, attributes: { epsilon: 1e-3 } } as const;
        const before = {
          node: { name: 'c', op: 'conv2d', inputs: ['x', 'w'], attributes },
          inputs: [x.shape, w.shape],
          producers: [],
          alone: true,
        } as const;
        const y = evaluate(norm, statistics, direct, [before]);
        const gain = Array.from(scale.value, (value, o) => value / Math.sqrt(variance.value[o] + 1e-3));
        const weight = block(w.shape, (i) => w.value[i] * gain[Math.floor(i / channels)]);
        const bias = block([2], (o) => shift.value[o] - mean.value[o] * gain[o]);
        expectAllOrders(y, conv2dSums(x, weight, bias, attributes), random, 'folded');
      }),
      { numRuns: 200 },
    );
  });

  it('add', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (left, right) => {
        const a = exactly({ shape: [1], data: Float32Array.of(left) });
        const b = exactly({ shape: [1], data: Float32Array.of(right) });
        const y = evaluate({ name: 'y', op: 'add', inputs: ['a', 'b'], attributes: {} }, [a, b]);
        expectAgreement(y, Float32Array.of(left + right), 'add');
      }),
      { numRuns: 2000 },
    );
  });

  it('mul', () => {
    const worst = { share: 0 };
    fc.assert(
      fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (left, right) => {
        fc.pre(Number.isFinite(left * right));
        const a = exactly({ shape: [1], data: Float32Array.of(left) });
        const b = exactly({ shape: [1], data: Float32Array.of(right) });
        const y = evaluate({ name: 'y', op: 'mul', inputs: ['a', 'b'], attributes: {} }, [a, b]);
        const got = Math.fround(left * right);
        expectAgreement(y, Float32Array.of(left * right), 'mul');
        if (Number.isFinite(got)) worst.share = Math.max(worst.share, Math.abs(got - y.value[0]) / y.tolerance[0]);
      }),
      { numRuns: 2000 },
    );
    expect(worst.share).toBeGreaterThan(0.1);
  });

  it('mul folded into the convolution before it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(1, 8, 200), (seed, channels) => {
        const random = createRandom(seed);
        const zeroMean = unstructuredFills.zeroMean(random);
        const x = block([1, channels, 2, 3], zeroMean);
        const w = block([2, channels, 1, 1], zeroMean);
        const bias = block([2], zeroMean);
        const factor = block([2, 1, 1], () => 50 * zeroMean());
        const attributes = {
          stride: [1, 1],
          padding: [0, 0, 0, 0],
          dilation: [1, 1],
          groups: 1,
          activation: 'none',
        } as const;
        const node = { name: 'c', op: 'conv2d', inputs: ['x', 'w', 'bias'], attributes } as const;
        const conv = evaluate(node, [x, w, bias]);
        const before = { node, inputs: [x.shape, w.shape, bias.shape], producers: [], alone: true } as const;
        const mul = { name: 'y', op: 'mul', inputs: ['c', 'factor'], attributes: {} } as const;
        const y = evaluate(mul, [conv, factor], direct, [before]);
        const weight = block(w.shape, (i) => w.value[i] * factor.value[Math.floor(i / channels)]);
        const scaled = block([2], (o) => bias.value[o] * factor.value[o]);
        expectAllOrders(y, conv2dSums(x, weight, scaled, attributes), random, 'folded');
      }),
      { numRuns: 200 },
    );
  });

  it('adaptiveAvgPool2d, as means of windows or of the means of their rows', () => {
    const sizes = fc.record({
      height: fc.integer({ min: 1, max: 30 }),
      width: fc.integer({ min: 1, max: 30 }),
      size: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
      fill: fc.constantFrom(...Object.entries(unstructuredFills)),
      seed: fc.integer(),
    });
    let worst = 0;
    fc.assert(
      fc.property(sizes, ({ height, width, size, fill: [name, createFill], seed }) => {
        const random = createRandom(seed);
        const x = block([1, 2, height, width], createFill(random));
        const y = evaluate({ name: 'y', op: 'adaptiveAvgPool2d', inputs: ['x'], attributes: { size } }, [x]);
        expectAllOrders(y, adaptiveAvgPool2dSums(x, size), random, `adaptiveAvgPool2d ${name}`);
        const rows = sumInFloat32(adaptiveAvgPool2dSums(x, [size[0], width]), orders.serial, random);
        const means = adaptiveAvgPool2dSums({ shape: [1, 2, size[0], width], data: rows }, size);
        const share = expectAgreement(y, sumInFloat32(means, orders.serial, random), `means of means ${name}`);
        worst = Math.max(worst, share);
      }),
      { numRuns: 300 },
    );
    expect(worst).toBeGreaterThan(LEAST_SHARE);
  });
});
