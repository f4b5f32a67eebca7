import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree, exactly } from '../../src/reference/index.js';
import { drawnNode } from '../reference-support/drawn-node.js';
import { orders, sumInFloat32 } from '../reference-support/float32.js';
import { block, direct, evaluate, expectAllOrders, LEAST_SHARE, linearCase } from '../reference-support/judge.js';
import { avgPool2dSums, conv2dSums } from '../reference-support/naive.js';
import { createRandom, structuredFills, unstructuredFills } from '../reference-support/random.js';

describe('a right float32 sum, in any order, is within the tolerance', () => {
  it.each(Object.entries(unstructuredFills))('conv2d and avgPool2d on %s data', (name, createFill) => {
    fc.assert(
      fc.property(drawnNode('conv2d'), drawnNode('avgPool2d'), (conv, pool) => {
        const random = createRandom(conv.seed);
        const fill = createFill(random);
        const inputs = conv.shapes.map((shape) => block(shape, fill));
        const sums = conv2dSums(inputs[0], inputs[1], inputs[2], conv.node.attributes);
        expectAllOrders(evaluate(conv.node, inputs), sums, random, `conv2d ${name}`);
        const picture = block(pool.shapes[0], fill);
        const means = avgPool2dSums(picture, pool.node.attributes);
        expectAllOrders(evaluate(pool.node, [picture]), means, random, `avgPool2d ${name}`);
      }),
      { numRuns: 40 },
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
