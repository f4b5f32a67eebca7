import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComputeKind, computeKinds } from '../../src/ops/index.js';
import { type Bounds, exactly, type Judged } from '../../src/reference/index.js';
import { type DrawnNode, drawnNode } from '../reference-support/drawn-node.js';
import { block, direct, evaluate } from '../reference-support/judge.js';
import { createRandom, type Fill } from '../reference-support/random.js';

/** A node as trials of its op have it, on numbers of that spread; the first input is the one that is moved. */
function inputsOf(
  { shapes, weights }: Pick<DrawnNode<ComputeKind>, 'shapes' | 'weights'>,
  spread: number,
  random: () => number,
): Judged[] {
  const fill: Fill = () => spread * (2 * random() - 1);
  return shapes.map((shape, position) => {
    const given = weights[position];
    return given === undefined || position === 0 ? block(shape, fill) : exactly(given);
  });
}

const sizes = fc.record({
  spread: fc.constantFrom(0.1, 1, 20),
  error: fc.constantFrom(1e-6, 0.01, 0.5, 30),
});

/** Expects that a node keeps within its tolerance when its first input is moved to a corner of its own. */
function expectBounded<K extends ComputeKind>(drawn: DrawnNode<K>, spread: number, error: number): void {
  const { node, seed } = drawn;
  const random = createRandom(seed);
  const [x, ...rest] = inputsOf(drawn, spread, random);
  const loose = { ...x, tolerance: x.value.map(() => error * random()) };
  const bounded = evaluate(node, [loose, ...rest]);
  // Corners of the box, where most functions are extreme.
  const signs = x.value.map(() => (random() < 0.5 ? -1 : 1));
  const moved = { ...x, value: x.value.map((value, i) => value + signs[i] * loose.tolerance[i]) };
  const reached = evaluate(node, [moved, ...rest]);
  // What float64 itself loses.
  const scale = reached.value.reduce((most, value) => Math.max(most, Math.abs(value)), spread);
  const outside = [...reached.value.keys()].filter((i) => {
    const off = Math.abs(reached.value[i] - bounded.value[i]);
    return !(off <= bounded.tolerance[i] + 1e-14 * scale);
  });
  expect(outside).toEqual([]);
}

describe('a tolerance on the input', () => {
  it('bounds the result of a relu for every input within it, even where the relu gives zero', () => {
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

  it.each(computeKinds)('bounds the result of %s for every input within it', (op) => {
    fc.assert(
      fc.property(drawnNode(op), sizes, (drawn, { spread, error }) => expectBounded(drawn, spread, error)),
      { numRuns: 60 },
    );
  });

  it('bounds the result of lrn where a power is negative', () => {
    fc.assert(
      fc.property(drawnNode('lrn'), sizes, ({ node, ...drawn }, { spread, error }) => {
        const attributes = { ...node.attributes, beta: -0.5, k: 1 };
        expectBounded({ ...drawn, node: { ...node, attributes } }, spread, error);
      }),
      { numRuns: 60 },
    );
  });
});
