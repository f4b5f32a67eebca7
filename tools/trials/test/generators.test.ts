import { type ComputeKind, computeKinds, indexNodes, inferConcreteShapes, nodesOf, spanOf } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generators } from '../src/generators/table.js';
import { graphTrials } from '../src/graphs/random-graph.js';
import type { Trial } from '../src/trial.js';

const count = 1000;
const graphs = fc.sample(graphTrials, { seed: 1, numRuns: 300 });
const samples = new Map<ComputeKind, readonly Trial[]>();

/** Trials of an op, the same for all tests. */
function sample(op: ComputeKind): readonly Trial[] {
  const found = samples.get(op) ?? fc.sample(generators[op], { seed: 1, numRuns: count });
  samples.set(op, found);
  return found;
}

/** The first node of a kind in a trial, and its concrete input shape in the last run. */
function subject<K extends ComputeKind>(trial: Trial, kind: K) {
  const [node] = nodesOf(trial.graph, kind);
  if (node === undefined) throw new Error(`no ${kind}`);
  const run = trial.runs[trial.runs.length - 1];
  const shapes = inferConcreteShapes(
    trial.graph,
    Object.fromEntries(Object.entries(run).map(([name, { shape }]) => [name, shape])),
  );
  return { attributes: node.attributes, x: shapes.get(node.inputs[0]) ?? [], inputs: node.inputs, shapes };
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

interface WindowedSubject {
  readonly attributes: {
    readonly stride: readonly number[];
    readonly padding: readonly number[];
    readonly dilation: readonly number[];
  };
  readonly x: readonly number[];
  readonly window: readonly number[];
}

const windowShares = {
  dilation: ({ attributes: { dilation }, window }: WindowedSubject) =>
    dilation.some((step, axis) => step > 1 && window[axis] > 1),
  'stride remainder': ({ attributes: { stride, padding, dilation }, x, window }: WindowedSubject) =>
    [0, 1].some((axis) => {
      const span = spanOf({ window: window[axis], dilation: dilation[axis] });
      return (x[2 + axis] + padding[axis] + padding[axis + 2] - span) % stride[axis] !== 0;
    }),
  'asymmetric padding': ({ attributes: { padding } }: WindowedSubject) =>
    padding[0] !== padding[2] || padding[1] !== padding[3],
  'several pictures': ({ x }: WindowedSubject) => x[0] > 1,
  'unequal sizes': ({ x }: WindowedSubject) => new Set(x).size === 4,
  'unequal windows or strides': ({ attributes: { stride }, window }: WindowedSubject) =>
    window[0] !== window[1] || stride[0] !== stride[1],
};

describe('the generators', () => {
  it.each(computeKinds)('make %s trials that hold the op and fit their own shapes', (op) => {
    for (const trial of sample(op).slice(0, 200)) expect(subject(trial, op)).toBeDefined();
  });

  it.each(computeKinds)('run one executable at several sizes in at least a tenth of the %s trials', (op) => {
    if (op === 'add' || op === 'mul') return expect(shareOf(sample(op), ({ runs }) => runs.length > 1)).toBe(0);
    return expect(shareOf(sample(op), ({ runs }) => runs.length > 1)).toBeGreaterThan(0.1);
  });

  it.each(computeKinds)('give %s random and structured values', (op) => {
    const share = shareOf(sample(op), ({ structured }) => structured);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  it.each(Object.entries(windowShares))('give at least a fifth of the convolutions and pools: %s', (_, holds) => {
    const convs = sample('conv2d').map((trial) => {
      const { inputs, shapes, ...rest } = subject(trial, 'conv2d');
      return { ...rest, window: (shapes.get(inputs[1]) ?? []).slice(2) };
    });
    expect(shareOf(convs, holds)).toBeGreaterThan(0.2);
    for (const kind of ['maxPool2d', 'avgPool2d'] as const) {
      const pools = sample(kind).map((trial) => {
        const found = subject(trial, kind);
        return { ...found, window: found.attributes.window };
      });
      expect(shareOf(pools, holds), kind).toBeGreaterThan(0.2);
    }
  });

  it('give at least a fifth of the convolutions groups, and some of them depthwise, odd, long and of one pixel', () => {
    const convs = sample('conv2d').map((trial) => subject(trial, 'conv2d'));
    expect(shareOf(convs, ({ attributes }) => attributes.groups > 1)).toBeGreaterThan(0.2);
    expect(shareOf(convs, ({ attributes, x }) => attributes.groups > 1 && attributes.groups === x[1])).toBeGreaterThan(
      0.1,
    );
    expect(shareOf(convs, ({ x }) => x[1] % 4 !== 0)).toBeGreaterThan(0.5);
    expect(shareOf(convs, ({ x }) => x[1] >= 192)).toBeGreaterThan(0.02);
    expect(shareOf(convs, ({ x }) => x[2] === 1 && x[3] === 1)).toBeGreaterThan(0.005);
    expect(shareOf(convs, ({ inputs }) => inputs.length === 3)).toBeGreaterThan(0.3);
  });

  it('give convolutions sums of 384 terms and more, with groups, strides and one-pixel windows among them', () => {
    const long = sample('conv2d')
      .map((trial) => subject(trial, 'conv2d'))
      .map(({ attributes, inputs, shapes }) => ({ attributes, weights: shapes.get(inputs[1]) ?? [] }))
      .filter(({ weights: [, ...terms] }) => terms.reduce((product, size) => product * size, 1) >= 384);
    expect(long.length / count).toBeGreaterThan(0.1);
    expect(shareOf(long, ({ attributes }) => attributes.groups > 1)).toBeGreaterThan(0.2);
    expect(shareOf(long, ({ attributes: { stride } }) => stride[0] !== stride[1])).toBeGreaterThan(0.2);
    expect(shareOf(long, ({ weights: [, , rows] }) => rows === 1)).toBeGreaterThan(0.2);
  });

  it('put pools, lrn, global averages and batch norms between convolutions, and 16 channels and more in them', () => {
    for (const op of ['maxPool2d', 'avgPool2d', 'lrn', 'globalAvgPool', 'batchNorm'] as const) {
      const between = sample(op).filter(({ graph }) => indexNodes(graph).has('before'));
      expect(between.length / count, op).toBeGreaterThan(0.05);
      const wide = sample(op).filter((trial) => subject(trial, op).x[1] >= 16);
      expect(wide.length / count, op).toBeGreaterThan(0.05);
    }
  });

  it('give convolutions the channels and filters of blocked layouts, with and without groups', () => {
    const convs = sample('conv2d').map((trial) => subject(trial, 'conv2d'));
    const blocked = convs.filter(({ x }) => [16, 32].includes(x[1]));
    expect(blocked.length / count).toBeGreaterThan(0.03);
    expect(shareOf(blocked, ({ attributes }) => attributes.groups === 1)).toBeGreaterThan(0.2);
    expect(shareOf(blocked, ({ attributes }) => attributes.groups > 1)).toBeGreaterThan(0.2);
  });

  it('join parameters and computed values with inputs, and more values than a kernel may read', () => {
    const concats = sample('concat');
    expect(shareOf(concats, ({ weights }) => Object.keys(weights).length > 0)).toBeGreaterThan(0.02);
    expect(shareOf(concats, ({ graph }) => nodesOf(graph, 'dropout').length > 0)).toBeGreaterThan(0.1);
    expect(shareOf(concats, (trial) => subject(trial, 'concat').inputs.length > 16)).toBeGreaterThan(0.05);
  });

  it('run again at the same size with other numbers in at least a tenth of the pools', () => {
    const again = ({ runs: [first, second] }: Trial) =>
      second !== undefined && first.x.data.length === second.x.data.length;
    expect(shareOf(sample('maxPool2d'), again)).toBeGreaterThan(0.1);
  });

  it('give at least a fifth of the pools ceil rounding that adds a window, and averages both divisors', () => {
    for (const kind of ['maxPool2d', 'avgPool2d'] as const) {
      const adds = shareOf(sample(kind), (trial) => {
        const { attributes, x, shapes } = subject(trial, kind);
        if (attributes.rounding !== 'ceil') return false;
        const [, , height] = shapes.get('pool') ?? [];
        const span = spanOf({ window: attributes.window[0], dilation: attributes.dilation[0] });
        const [top, , bottom] = attributes.padding;
        return height > Math.floor((x[2] + top + bottom - span) / attributes.stride[0]) + 1;
      });
      expect(adds, kind).toBeGreaterThan(0.1);
    }
    expect(
      shareOf(sample('avgPool2d'), (trial) => subject(trial, 'avgPool2d').attributes.countPadding),
    ).toBeGreaterThan(0.3);
  });

  it('give lrn even windows, windows wider than the channels, and alpha unlike beta', () => {
    const lrns = sample('lrn').map((trial) => subject(trial, 'lrn'));
    expect(shareOf(lrns, ({ attributes }) => attributes.size % 2 === 0)).toBeGreaterThan(0.2);
    expect(shareOf(lrns, ({ attributes, x }) => attributes.size > x[1])).toBeGreaterThan(0.1);
    expect(shareOf(lrns, ({ attributes: { alpha, beta } }) => alpha !== beta)).toBeGreaterThan(0.9);
  });

  it('give batchNorm a convolution to be folded into in a fifth of the trials, and ranks from 2', () => {
    const trials = sample('batchNorm');
    const conv = (trial: Trial) => trial.graph.nodes.some(({ op }) => op === 'conv2d');
    expect(shareOf(trials, conv)).toBeGreaterThan(0.2);
    const ranks = new Set(trials.map((trial) => subject(trial, 'batchNorm').x.length));
    expect([...ranks].sort()).toEqual([2, 3, 4, 5]);
  });

  it.each(['add', 'mul'] as const)('give %s broadcasting on both sides, parameters, and a value with itself', (op) => {
    const trials = sample(op);
    const shapesOf = (trial: Trial) => {
      const { inputs, shapes } = subject(trial, op);
      return inputs.map((name) => shapes.get(name) ?? []);
    };
    const stretches = (side: 0 | 1) => (trial: Trial) => {
      const { shapes } = subject(trial, op);
      return shapesOf(trial)[side].join() !== (shapes.get('result') ?? []).join();
    };
    expect(shareOf(trials, stretches(0))).toBeGreaterThan(0.2);
    expect(shareOf(trials, stretches(1))).toBeGreaterThan(0.2);
    expect(shareOf(trials, ({ weights }) => Object.keys(weights).length > 0)).toBeGreaterThan(0.2);
    expect(shareOf(trials, ({ graph }) => new Set(indexNodes(graph).get('result')?.inputs).size === 1)).toBeGreaterThan(
      0.2,
    );
  });

  it('give ranks from a scalar to six axes where the op takes them', () => {
    for (const op of ['relu', 'dropout', 'flatten', 'reshape', 'transpose', 'add'] as const) {
      expect(new Set(sample(op).map((trial) => subject(trial, op).x.length)), op).toEqual(
        new Set([0, 1, 2, 3, 4, 5, 6]),
      );
    }
  });

  it('copy axes, open ones among them, and leave one to be found in at least a tenth of the reshapes each', () => {
    const shapesOf = sample('reshape').map((trial) => subject(trial, 'reshape'));
    expect(shareOf(shapesOf, ({ attributes }) => attributes.shape.includes(0))).toBeGreaterThan(0.2);
    expect(shareOf(shapesOf, ({ attributes }) => attributes.shape.includes(-1))).toBeGreaterThan(0.2);
    expect(shareOf(shapesOf, ({ attributes }) => attributes.shape.some((size) => size > 1))).toBeGreaterThan(0.2);
  });

  it('slice by steps, from and to either end, and pad both sides of axes by other numbers', () => {
    const slices = sample('slice').map((trial) => subject(trial, 'slice').attributes);
    expect(shareOf(slices, ({ step }) => step > 1)).toBeGreaterThan(0.2);
    expect(shareOf(slices, ({ start }) => start < 0)).toBeGreaterThan(0.2);
    expect(shareOf(slices, ({ end = 0 }) => end < 0)).toBeGreaterThan(0.1);
    expect(shareOf(slices, ({ axis }) => axis < 0)).toBeGreaterThan(0.2);
    const pads = sample('pad').map((trial) => subject(trial, 'pad').attributes);
    expect(shareOf(pads, ({ before, after }) => before.some((count, axis) => count !== after[axis]))).toBeGreaterThan(
      0.5,
    );
    expect(shareOf(pads, ({ value }) => value !== 0)).toBeGreaterThan(0.3);
  });

  it('give NaN and infinities to the ops that say what they give, and never to weights', () => {
    const has = (test: (value: number) => boolean) => (trial: Trial) =>
      trial.runs.some((run) => Object.values(run).some(({ data }) => data.some(test)));
    for (const op of ['concat', 'flatten', 'reshape', 'transpose', 'slice', 'pad', 'dropout', 'add'] as const) {
      expect(shareOf(sample(op), has(Number.isNaN)), op).toBeGreaterThan(0.05);
      expect(
        shareOf(
          sample(op),
          has((value) => Math.abs(value) === Number.POSITIVE_INFINITY),
        ),
        op,
      ).toBeGreaterThan(0.05);
    }
    for (const op of computeKinds) {
      for (const { weights } of sample(op)) {
        for (const { data } of Object.values(weights)) expect(data.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it.each(computeKinds)('have %s in random graphs, too', (op) => {
    expect(shareOf(graphs, ({ graph }) => nodesOf(graph, op).length > 0)).toBeGreaterThan(0.01);
  });

  it('are the same for the same seed', () => {
    expect(fc.sample(generators.conv2d, { seed: 7, numRuns: 20 })).toEqual(
      fc.sample(generators.conv2d, { seed: 7, numRuns: 20 }),
    );
  });
});
