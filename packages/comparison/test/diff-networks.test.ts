import { createBackend } from '@strata/backend-onnx';
import {
  type Backend,
  countElements,
  createRandom,
  defaultPasses,
  defineBackend,
  initialiseWeights,
  LayerBuilder,
  runPasses,
  type Shape,
  type Tensor,
  tensor,
  UnsupportedError,
} from '@strata/core';
import { agree, createReferenceBackend, interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { findDivergence } from '../src/find-divergence.js';
import { checkNetwork, diffNetworks, listLayers, type NetworkRun } from '../src/index.js';
import { listPictureLayers } from '../src/layers.js';

const network = createNetwork();
const layers = ['stem', 'pool1', 'mix.branch1', 'mix.branch2.reduce', 'mix.branch2', 'mix', 'pool2', 'flatten', 'fc'];

/** A network as GoogLeNet is, but small: a stem, one block of two branches, a classifier. */
function createNetwork(): NetworkRun {
  const builder = new LayerBuilder();
  const picture = builder.input('picture', [2, 3, 11, 9]);
  const stem = builder.conv2d('stem', picture, { filters: 12, window: 3, padding: 1, activation: 'relu' });
  const pooled = builder.maxPool2d('pool1', stem, { window: 3, stride: 2 });
  const branches = builder.scope('mix', (block) => {
    const branch1 = block.conv2d('branch1', pooled, { filters: 8, window: 1, activation: 'relu' });
    const reduced = block.conv2d('branch2.reduce', pooled, { filters: 6, window: 1, activation: 'relu' });
    return [branch1, block.conv2d('branch2', reduced, { filters: 10, window: 3, padding: 1, activation: 'relu' })];
  });
  const flat = builder.flatten('flatten', builder.globalAvgPool('pool2', builder.concat('mix', branches)));
  const graph = builder.build([builder.linear('fc', builder.dropout('dropout', flat, { rate: 0.4 }), { features: 5 })]);
  return {
    graph,
    weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 7 }),
    inputs: { picture: drawPicture([2, 3, 11, 9]) },
  };
}

function drawPicture(shape: Shape): Tensor {
  const random = createRandom('picture');
  return tensor(shape, Float32Array.from({ length: countElements(shape) }, random.uniform));
}

/**
 * A right backend but for the first weight of `layer`, multiplied; in all runs or in those that give so many values.
 */
function damage(layer: string, factor: number, outputs?: number): Backend {
  const right = createReferenceBackend();
  const name = `${layer}.weight`;
  return {
    ...right,
    name: 'damaged',
    compile: (graph, weights, options) => {
      const { shape, dtype, data } = weights[name];
      const wrong: Tensor = { shape, dtype, data: Float32Array.from(data, (w, i) => (i === 0 ? w * factor : w)) };
      const hit = outputs === undefined || options?.outputs?.length === outputs;
      return right.compile(graph, hit ? { ...weights, [name]: wrong } : weights, options);
    },
  };
}

/** The reference, rounded, but `change` has its way with one value, given its tolerance; in runs of so many values. */
function alter(name: string, change: (value: number, tolerance: number) => number, outputs?: number): Backend {
  const { report } = createReferenceBackend();
  return defineBackend({
    report: { ...report, backend: 'altered' },
    gapOf: () => undefined,
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) => {
        const judged = interpret(graph, weights, inputs, { propagation: 'independent' });
        const hit = outputs === undefined || graph.outputs.length === outputs;
        return Object.fromEntries(
          [...judged].map(([output, { shape, value, tolerance }]): [string, Tensor] => {
            const altered = (x: number, i: number) => (hit && output === name ? change(x, tolerance[i]) : x);
            return [output, { shape, dtype: 'float32', data: Float32Array.from(value, altered) }];
          }),
        );
      },
      release: () => {},
    }),
    release: () => {},
  });
}

describe('diffNetworks', () => {
  const right = createReferenceBackend();

  it('finds that correct backends agree, and lists every layer in order', async () => {
    const wasm = await createBackend({ device: 'wasm' });
    const steps: number[] = [];
    const { stages, outputs, firstDiverging } = await diffNetworks(network, wasm, right, {
      onProgress: (done, total) => steps.push(done / total),
    });
    await wasm.dispose();
    expect(firstDiverging).toBeUndefined();
    expect(stages.map(({ name }) => name)).toEqual(['stem', 'pool1', 'mix', 'pool2', 'flatten', 'fc']);
    expect(stages.flatMap((stage) => stage.layers.map(({ name }) => name))).toEqual(layers);
    for (const { name, first, second, difference } of stages) {
      expect(first, name).toBeLessThan(0.5);
      expect(second, name).toBeLessThan(0.5);
      expect(difference, name).toBeLessThan(1e-6);
    }
    const [fc] = outputs;
    expect(fc.name).toBe('fc');
    for (const { worst } of [fc.first.shipped, fc.first.observed, fc.first.betweenRuns, fc.between]) {
      expect(worst).toBeLessThan(0.5);
    }
    expect(fc.first.shipped.worst).toBeGreaterThan(0);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(1);
  });

  it.each(['first', 'second'] as const)(
    'traces an error of a thousandth in one weight to its layer, on the %s backend',
    async (side) => {
      const wrong = damage('mix.branch2.reduce', 1.001);
      const { firstDiverging, stages } = await (side === 'first'
        ? diffNetworks(network, wrong, right)
        : diffNetworks(network, right, wrong));
      expect(firstDiverging).toMatchObject({
        stage: 'mix',
        layer: 'mix.branch2.reduce',
        scope: 'layer',
        wrong: [side],
      });
      expect(firstDiverging?.[side].worst).toBeGreaterThan(10);
      // What comes after starts from what that backend gave, and is right.
      const outside = stages.flatMap((stage) => stage.layers.filter((layer) => layer[side].failed > 0));
      expect(outside.map(({ name }) => name)).toEqual(['mix.branch2.reduce']);
    },
  );

  it('names the earlier layer when the backends are wrong in different ones, and both backends when in the same', async () => {
    const early = damage('mix.branch1', 1.01);
    const late = damage('fc', 1.01);
    expect((await diffNetworks(network, late, early)).firstDiverging).toMatchObject({
      layer: 'mix.branch1',
      wrong: ['second'],
    });
    expect((await diffNetworks(network, early, early)).firstDiverging).toMatchObject({
      layer: 'mix.branch1',
      wrong: ['first', 'second'],
    });
  });

  it('finds an error that occurs only as shipped', async () => {
    const { firstDiverging, outputs } = await diffNetworks(network, right, damage('mix.branch1', 1.01, 1));
    expect(firstDiverging).toMatchObject({ stage: 'fc', layer: 'fc', scope: 'network', wrong: ['second'] });
    const [{ second, between }] = outputs;
    expect(second.shipped.failed).toBeGreaterThan(0);
    expect(second.observed.failed).toBe(0);
    expect(second.betweenRuns.failed).toBeGreaterThan(0);
    expect(between.failed).toBeGreaterThan(0);
  });

  it('counts a NaN as an infinite error', async () => {
    const lost = alter('fc', () => Number.NaN);
    const { firstDiverging, stages } = await diffNetworks(network, right, lost);
    expect(firstDiverging).toMatchObject({ layer: 'fc', scope: 'layer', wrong: ['second'] });
    expect(stages.at(-1)).toMatchObject({ second: Number.POSITIVE_INFINITY, difference: Number.POSITIVE_INFINITY });
  });

  it('judges layers that read the picture as structured data', async () => {
    const shareOf = async (name: string, excess: number) => {
      const far = alter(name, (value, tolerance) => (value > 0 ? value + excess * tolerance : value));
      const { stages } = await diffNetworks(network, right, far);
      return stages.flatMap((stage) => stage.layers).find((layer) => layer.name === name)?.second.worst;
    };
    // Beyond (4 + 2√K)·u, below (K + 2)·u.
    expect(await shareOf('stem', 1.5)).toBeLessThan(1);
    expect(await shareOf('stem', 4)).toBeGreaterThan(1);
  });

  it('names the gaps of both before anything runs', async () => {
    const lacking = (backend: string, op: string): Backend =>
      defineBackend({
        report: { ...right.report, backend },
        gapOf: (node) => (node.op === op ? `no ${op} here` : undefined),
        prepare: () => {
          throw new Error('compiled');
        },
        release: () => {},
      });
    const attempt = diffNetworks(network, lacking('left', 'globalAvgPool'), lacking('right', 'concat'));
    await expect(attempt).rejects.toThrow(UnsupportedError);
    await expect(attempt).rejects.toThrowErrorMatchingInlineSnapshot(
      `
      [UnsupportedError: diff: 2 layers that cannot run, want two backends that can run every layer
      on        layer  op             why
      left/js   pool2  globalAvgPool  no globalAvgPool here
      right/js  mix    concat         no concat here]
    `,
    );
  });
});

describe('checkNetwork', () => {
  const model = { ...network, outputs: layers };
  // No error is as large as its stage's largest value, so what fails does so by its bound.
  const noLimit = 1;

  it('traces an error of a thousandth in one weight to its layer', async () => {
    const { passed, firstDiverging } = await checkNetwork(model, damage('mix.branch2.reduce', 1.001), noLimit);
    expect({ passed, firstDiverging }).toEqual({ passed: false, firstDiverging: 'mix.branch2.reduce' });
  });

  it('judges the shipped run by the whole way from the picture, and by the observed run', async () => {
    const { passed, firstDiverging, shipped } = await checkNetwork(model, damage('mix.branch1', 1.01, 1), noLimit);
    expect({ passed, firstDiverging }).toEqual({ passed: false, firstDiverging: undefined });
    expect(shipped[0].fromPicture.failed).toBeGreaterThan(0);
    expect(shipped[0].betweenRuns.failed).toBeGreaterThan(0);
  });

  it('carries errors from the picture on as independent ones, for the shipped run by itself too', async () => {
    const far = (excess: number) => alter('fc', (value, tolerance) => value + excess * tolerance, 1);
    expect((await checkNetwork(model, far(0.9), noLimit)).passed).toBe(true);
    const { passed, shipped } = await checkNetwork(model, far(1.5), noLimit);
    expect({ passed, between: shipped[0].betweenRuns.failed }).toEqual({ passed: false, between: 0 });
  });

  it('checks the share of the largest value as well', async () => {
    const right = createReferenceBackend();
    expect((await checkNetwork(model, right, 1e-4)).passed).toBe(true);
    expect((await checkNetwork(model, right, 0)).passed).toBe(false);
  });
});

describe('findDivergence', () => {
  it('blames neither backend when only their difference is too large', () => {
    const judged = { shape: [1], value: Float64Array.of(1), tolerance: Float64Array.of(0.5) };
    const right = agree(judged, Float32Array.of(1));
    const runs = { shipped: right, observed: right, betweenRuns: right };
    const between = agree(judged, Float32Array.of(2));
    expect(findDivergence([], [{ name: 'fc', first: runs, second: runs, between }])).toMatchObject({
      stage: 'fc',
      layer: 'fc',
      scope: 'network',
      wrong: [],
    });
  });
});

describe('layers', () => {
  it('are what the passes leave', () => {
    expect(listLayers(runPasses(network, defaultPasses).graph)).toEqual(layers);
  });

  it("are the picture's up to the first sum over its channels", () => {
    expect(listPictureLayers(runPasses(network, defaultPasses).graph)).toEqual(['stem']);
    const builder = new LayerBuilder();
    const pooled = builder.maxPool2d('pool', builder.input('picture', [1, 3, 8, 8]), { window: 2, stride: 2 });
    const scaled = builder.batchNorm('scale', pooled);
    const graph = builder.build([
      builder.linear('fc', builder.flatten('flat', builder.conv2d('stem', scaled, { filters: 4, window: 3 })), {
        features: 2,
      }),
    ]);
    expect(listPictureLayers(graph)).toEqual(['pool', 'scale', 'stem']);
  });
});
