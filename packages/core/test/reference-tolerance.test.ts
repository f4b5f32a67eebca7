import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NodeOf } from '../src/graph/graph.js';
import { inferNode } from '../src/graph/infer.js';
import type { ComputeKind } from '../src/ops/index.js';
import { agree, type Bounds, evaluateNode, exactly, formatDisagreement, type Judged } from '../src/reference/index.js';
import { type Shape, toConcrete } from '../src/tensor/shape.js';
import { convCase, poolCase } from './reference-support/arbitrary.js';
import { lrnInFloat32, orders, shorten, softmaxInFloat32, sumInFloat32 } from './reference-support/float32.js';
import { avgPool2dSums, conv2dSums, linearSums, type Sums } from './reference-support/naive.js';
import { createRandom, type Fill, fillTensor, structuredFills, unstructuredFills } from './reference-support/random.js';

const { fround } = Math;
const direct: Bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' };

function evaluate<K extends ComputeKind>(
  node: NodeOf<K>,
  inputs: readonly Judged[],
  bounds = direct,
  foldedTerms?: number,
) {
  const shape = toConcrete(
    inferNode(
      node,
      inputs.map((input) => input.shape),
    ),
    node.name,
  );
  return evaluateNode(node, inputs, foldedTerms === undefined ? { shape, bounds } : { shape, bounds, foldedTerms });
}

const block = (shape: Shape, fill: Fill) => {
  const judged = exactly(fillTensor(shape, fill));
  return { ...judged, data: judged.value };
};

function expectAgreement(judged: Judged, got: Float32Array, where: string): number {
  const result = agree(judged, got);
  expect(result.failed, formatDisagreement(result, where)).toBe(0);
  return result.worst;
}

/** Every summing order stays within the tolerance. */
function expectAllOrders(judged: Judged, sums: Sums, random: () => number, where: string): void {
  for (const [name, order] of Object.entries(orders)) {
    expectAgreement(judged, sumInFloat32(sums, order, random), `${where}, ${name}`);
  }
}

/** [out, in] linear with a bias, over one row. */
function linearCase(terms: number, fill: Fill, bounds: Bounds) {
  const x = block([1, terms], fill);
  const w = block([2, terms], fill);
  const bias = block([2], fill);
  const node = { name: 'y', op: 'linear', inputs: ['x', 'w', 'b'], attributes: { activation: 'none' } } as const;
  return { judged: evaluate(node, [x, w, bias], bounds), sums: linearSums(x, w, bias) };
}

describe('a right float32 sum, in any order, is within the tolerance', () => {
  it.each(Object.entries(unstructuredFills))('conv2d and avgPool2d on %s data', (name, createFill) => {
    fc.assert(
      fc.property(convCase, poolCase, (conv, pool) => {
        const random = createRandom(conv.seed);
        const fill = createFill(random);
        const x = block(conv.x, fill);
        const w = block(conv.weights, fill);
        const bias = conv.bias ? block([conv.weights[0]], fill) : undefined;
        const inputs = bias === undefined ? [x, w] : [x, w, bias];
        const names = inputs.map((_, i) => `input${i}`);
        const y = evaluate({ name: 'y', op: 'conv2d', inputs: names, attributes: conv.attributes }, inputs);
        expectAllOrders(y, conv2dSums(x, w, bias, conv.attributes), random, `conv2d ${name}`);
        const picture = block(pool.x, fill);
        const { attributes } = pool;
        const mean = evaluate({ name: 'y', op: 'avgPool2d', inputs: ['x'], attributes }, [picture]);
        expectAllOrders(mean, avgPool2dSums(picture, attributes), random, `avgPool2d ${name}`);
      }),
      { numRuns: 150 },
    );
  });

  it.each(Object.entries(unstructuredFills))('long linear sums on %s data', (name, createFill) => {
    for (const terms of [1, 2, 7, 64, 575, 4800]) {
      for (let run = 0; run < 20; run++) {
        const random = createRandom(run * 7919 + terms);
        const { judged, sums } = linearCase(terms, createFill(random), direct);
        expectAllOrders(judged, sums, random, `linear K = ${terms + 1}, ${name}, seed ${run * 7919 + terms}`);
      }
    }
  });

  it('comes near the tolerance on positive data', () => {
    for (const terms of [1, 15, 255, 1023]) {
      const random = createRandom(terms);
      const shares = Array.from({ length: 20 }, () => {
        const { judged, sums } = linearCase(terms, random, direct);
        return agree(judged, sumInFloat32(sums, orders.serial, random)).worst;
      });
      expect(Math.max(...shares), `K = ${terms + 1}`).toBeGreaterThan(LEAST_SHARE);
    }
  });

  it.each(Object.entries(structuredFills))('%s data, with structured bounds', (name, createFill) => {
    for (const terms of [1, 3, 50, 1728]) {
      for (let run = 0; run < 20; run++) {
        const random = createRandom(run * 104729 + terms);
        const { judged, sums } = linearCase(terms, createFill(random), { ...direct, structured: true });
        expectAllOrders(judged, sums, random, `linear K = ${terms + 1}, ${name}, seed ${run * 104729 + terms}`);
      }
    }
  });

  it('needs the structured bounds: a serial sum of one repeated number leaves the others', () => {
    const worst = Array.from({ length: 20 }, (_, seed) => {
      const random = createRandom(seed);
      const { judged, sums } = linearCase(4800, structuredFills.constant(random), direct);
      return agree(judged, sumInFloat32(sums, orders.serial, random)).worst;
    });
    expect(Math.max(...worst)).toBeGreaterThan(1);
  });
});

/** A tolerance more than ten times the worst error seen would judge too little. */
const LEAST_SHARE = 0.1;

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
        const y = evaluate(norm, statistics, direct, channels + 1);
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
});

/** Every op with inputs that it takes; the first input is the one that is moved. */
const movable = (random: () => number, spread: number): { node: NodeOf<ComputeKind>; inputs: Judged[] }[] => {
  const fill: Fill = () => spread * (2 * random() - 1);
  const picture = block([2, 3, 4, 5], fill);
  const windowed = { stride: [2, 1], padding: [1, 0, 0, 1], dilation: [1, 1] } as const;
  const pool = { ...windowed, window: [2, 3], rounding: 'ceil' } as const;
  const channels = () => block([3], fill);
  const name = 'y';
  const inputs = ['x', 'w', 'b'];
  return [
    {
      node: { name, op: 'conv2d', inputs, attributes: { ...windowed, groups: 1, activation: 'relu' } },
      inputs: [picture, block([2, 3, 3, 2], fill), block([2], fill)],
    },
    { node: { name, op: 'maxPool2d', inputs: ['x'], attributes: pool }, inputs: [picture] },
    { node: { name, op: 'avgPool2d', inputs: ['x'], attributes: { ...pool, countPadding: true } }, inputs: [picture] },
    { node: { name, op: 'globalAvgPool', inputs: ['x'], attributes: {} }, inputs: [picture] },
    { node: { name, op: 'concat', inputs: ['x', 'z'], attributes: { axis: -1 } }, inputs: [picture, picture] },
    { node: { name, op: 'relu', inputs: ['x'], attributes: {} }, inputs: [picture] },
    {
      node: { name, op: 'linear', inputs, attributes: { activation: 'none' } },
      inputs: [block([2, 7], fill), block([3, 7], fill), channels()],
    },
    {
      node: { name, op: 'lrn', inputs: ['x'], attributes: { size: 2, alpha: 0.9, beta: 0.75, k: 0.5 } },
      inputs: [picture],
    },
    { node: { name, op: 'lrn', inputs: ['x'], attributes: { size: 5, alpha: 3, beta: 2, k: 0.1 } }, inputs: [picture] },
    {
      node: { name, op: 'lrn', inputs: ['x'], attributes: { size: 3, alpha: 1, beta: -0.5, k: 1 } },
      inputs: [picture],
    },
    { node: { name, op: 'softmax', inputs: ['x'], attributes: { axis: 1 } }, inputs: [picture] },
    {
      node: { name, op: 'batchNorm', inputs: ['x', 's', 't', 'm', 'v'], attributes: { epsilon: 0.1 } },
      inputs: [picture, channels(), channels(), channels(), block([3], random)],
    },
    { node: { name, op: 'dropout', inputs: ['x'], attributes: { rate: 0.2 } }, inputs: [picture] },
    { node: { name, op: 'flatten', inputs: ['x'], attributes: { axis: 2 } }, inputs: [picture] },
    { node: { name, op: 'add', inputs: ['x', 'z'], attributes: {} }, inputs: [picture, block([3, 1, 1], fill)] },
  ];
};

describe('a tolerance on the input', () => {
  it('of a relu is carried so far that no input within it leaves the result, also where it is cut off', () => {
    const node = { name: 'y', op: 'relu', inputs: ['x'], attributes: {} } as const;
    const bounds: Bounds = { ...direct, propagation: 'independent' };
    // Whole and half numbers: float64 itself loses nothing.
    const whole = (min: number) => fc.integer({ min, max: 8 });
    fc.assert(
      fc.property(whole(-8), whole(0), fc.constantFrom(-1, -0.5, 0.5, 1), (x, error, part) => {
        const given = { shape: [1], value: Float64Array.of(x), tolerance: Float64Array.of(error) };
        const { value, tolerance } = evaluate(node, [given], bounds);
        expect(Math.abs(Math.max(x + part * error, 0) - value[0])).toBeLessThanOrEqual(tolerance[0]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is carried so far that no input within it leaves the result', () => {
    const sizes = fc.record({
      spread: fc.constantFrom(0.1, 1, 20),
      error: fc.constantFrom(1e-6, 0.01, 0.5, 30),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(sizes, ({ spread, error, seed }) => {
        const random = createRandom(seed);
        for (const { node, inputs } of movable(random, spread)) {
          const [x, ...rest] = inputs;
          const loose = { ...x, tolerance: x.value.map(() => error * random()) };
          const bounded = evaluate(node, [loose, ...rest]);
          // Corners of the box, where these functions are extreme.
          const signs = x.value.map(() => (random() < 0.5 ? -1 : 1));
          const moved = { ...x, value: x.value.map((value, i) => value + signs[i] * loose.tolerance[i]) };
          const reached = evaluate(node, [moved, ...rest]);
          // What float64 itself loses.
          const scale = reached.value.reduce((most, value) => Math.max(most, Math.abs(value)), spread);
          const outside = [...reached.value.keys()].filter((i) => {
            const off = Math.abs(reached.value[i] - bounded.value[i]);
            return !(off <= bounded.tolerance[i] + 1e-14 * scale);
          });
          expect(outside, node.op).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a planted error', () => {
  it('is caught: operands cut to 11 bits, in a probe of few terms and in long sums', () => {
    // Longer sums hide it: their roundings are as large. Hence the probe of few terms.
    for (const terms of [1, 3, 64]) {
      for (let seed = 0; seed < 20; seed++) {
        const random = createRandom(seed);
        const { judged, sums } = linearCase(terms, () => fround(1 + random()), direct);
        const cut = { ...sums, terms: sums.terms.map((sum) => sum.map(([w, x]) => [shorten(w), shorten(x)] as const)) };
        const got = sumInFloat32(cut, orders.pairwise, random);
        expect(agree(judged, got).worst, `K = ${terms + 1}, seed ${seed}`).toBeGreaterThan(1);
      }
    }
  });

  it('is no error where tf32 or half was asked for', () => {
    for (const profile of ['tf32', 'half'] as const) {
      for (const terms of [1, 3, 64, 1024]) {
        const random = createRandom(terms);
        const { judged, sums } = linearCase(terms, unstructuredFills.zeroMean(random), { ...direct, profile });
        const cut = { ...sums, terms: sums.terms.map((sum) => sum.map(([w, x]) => [shorten(w), shorten(x)] as const)) };
        expectAgreement(judged, sumInFloat32(cut, orders.serial, random), `${profile} K = ${terms + 1}`);
      }
    }
  });

  it('is caught: one weight of 4,800 left out', () => {
    const random = createRandom(1);
    const { judged, sums } = linearCase(4800, unstructuredFills.zeroMean(random), direct);
    const short = { ...sums, terms: sums.terms.map((sum) => sum.slice(0, -1)) };
    expect(agree(judged, sumInFloat32(short, orders.pairwise, random)).failed).toBe(2);
  });

  it('is caught: an even LRN window with its longer half before, alpha not divided by the size', () => {
    const random = createRandom(2);
    const attributes = { size: 4, alpha: 0.1, beta: 0.75, k: 1 };
    const x = block([1, 7, 1, 1], unstructuredFills.zeroMean(random));
    const y = evaluate({ name: 'y', op: 'lrn', inputs: ['x'], attributes }, [x]);
    const mirrored = lrnInFloat32([...x.value].reverse(), attributes).reverse();
    expect(agree(y, mirrored).failed).toBeGreaterThan(4);
    expect(agree(y, lrnInFloat32([...x.value], { ...attributes, alpha: 0.4 })).failed).toBe(7);
  });
});

describe('sums beyond float32', () => {
  it('are open: a partial sum may overflow', () => {
    const x = exactly({ shape: [1, 3], data: Float32Array.of(3e38, 3e38, -3e38) });
    const w = exactly({ shape: [1, 3], data: Float32Array.of(1, 1, 1) });
    const node = { name: 'y', op: 'linear', inputs: ['x', 'w'], attributes: { activation: 'none' } } as const;
    expect(agree(evaluate(node, [x, w]), Float32Array.of(Number.POSITIVE_INFINITY)).failed).toBe(0);
    const exact = exactly({ shape: [1, 3], data: Float32Array.of(1e37, 1e37, -1e37) });
    expect(agree(evaluate(node, [exact, w]), Float32Array.of(Number.POSITIVE_INFINITY)).failed).toBe(1);
  });
});
