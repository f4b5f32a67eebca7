import { nodesOf, type Tensor, tensor, type Weights } from '@strata/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildGoogLeNet, loadGoogLeNet, readCheckpoint, watchGraph } from '../src/index.js';
import { distanceOf, energyOf, judge } from '../src/unusual/score.js';
import { readStatistics, statisticsNames, type UnusualStatistics } from '../src/unusual/statistics.js';
import { createFakeBackend } from './fake-backend.js';

let shipped: Awaited<ReturnType<typeof readCheckpoint>>;
beforeAll(async () => {
  shipped = await readCheckpoint(undefined, undefined);
});

function blank(side: number): Tensor {
  return tensor([1, side, side], new Float32Array(side * side));
}

describe('the score', () => {
  it('is made of energy: −log Σ exp(W · log1p(x) + b)', () => {
    const weights = { 'fc.weight': tensor([2, 3], [1, 0, 2, 0, -1, 0]), 'fc.bias': tensor([2], [0.5, 0.25]) };
    const features = [Math.E - 1, Math.E ** 2 - 1, 0];
    expect(energyOf(weights, features)).toBeCloseTo(-Math.log(Math.exp(1.5) + Math.exp(-1.75)), 12);
    // A rounding below zero, which a relu's mean may have, counts as zero.
    expect(energyOf(weights, [0, 0, -1e-9])).toBeCloseTo(-Math.log(Math.exp(0.5) + Math.exp(0.25)), 12);
  });

  it('and of distance: log Σ (component · (log1p(x) − mean))²', () => {
    const statistics = { mean: tensor([2], [1, 0]), components: tensor([2, 2], [2, 0, 1, -1]) };
    const means = [Math.E ** 3 - 1, Math.E - 1];
    // Differences 2 and 1: along the components 4 and 1.
    expect(distanceOf(statistics, means)).toBeCloseTo(Math.log(17), 12);
  });

  it('joins them to a number from 0 to 1 that is above a half for an unusual picture', () => {
    const joint = { joint: tensor([3], [2, 1, -3]) };
    expect(judge(joint, 1, 1)).toEqual({ unusual: false, unusualScore: 0.5 });
    expect(judge(joint, 1, 2)).toEqual({ unusual: true, unusualScore: expect.closeTo(1 / (1 + Math.exp(-1)), 12) });
    expect(judge(joint, 0, Number.NEGATIVE_INFINITY)).toEqual({ unusual: false, unusualScore: 0 });
    expect(judge(joint, Number.NaN, 1)).toEqual({ unusual: true, unusualScore: 1 });
  });
});

describe('statistics', () => {
  const good = {
    [statisticsNames.mean]: tensor([2], [1, 2]),
    [statisticsNames.components]: tensor([1, 2], [1, 2]),
    [statisticsNames.joint]: tensor([3], [1, 2, 3]),
  };

  it('ship with the weights, and are no parameters', () => {
    const { statistics, weights, skipped } = shipped;
    expect(statistics?.input).toEqual([1, 96, 96]);
    expect(statistics?.mean.shape).toEqual([480]);
    expect(statistics?.components.shape).toEqual([64, 480]);
    expect(Object.keys(weights).filter((name) => name.startsWith('unusual'))).toEqual([]);
    expect(skipped).toEqual([]);
  });

  it('are whole, or an error where a part is missing or damaged', () => {
    const input = [1, 2, 2];
    expect(readStatistics(good, input, 'x')?.joint.data).toEqual(Float32Array.of(1, 2, 3));
    expect(readStatistics(good, undefined, 'x')).toBeUndefined();
    expect(readStatistics({}, input, 'x')).toBeUndefined();
    const complaint = (tensors: Weights) => () => readStatistics(tensors, input, 'mine.safetensors');
    for (const name of Object.values(statisticsNames)) {
      const { [name]: one, ...rest } = good;
      expect(complaint(rest)).toThrow('mine.safetensors: of the statistics only unusual.');
      expect(complaint({ ...good, [name]: tensor([1, 1], [1]) })).toThrow(`${name} [1,1]`);
      const broken = tensor(
        one.shape,
        one.data.map(() => Number.NaN),
      );
      expect(complaint({ ...good, [name]: broken })).toThrow('statistics that are not finite');
    }
  });

  it('need two outputs more, and no map is read', () => {
    const graph = buildGoogLeNet('seed');
    const watching = watchGraph(graph);
    expect(watching.outputs).toEqual(['fc', 'pool5', 'inception3b.means']);
    expect(nodesOf(watching, 'globalAvgPool').map(({ name }) => name)).toEqual(['inception3b.means', 'pool5']);
    expect(graph.outputs).toEqual(['fc']);
  });
});

describe('classify', () => {
  it('says of a picture whether it is unusual, the same for all its classes and in a batch', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend });
    const found = await net.classify(blank(96), { top: 10 });
    const [{ unusualScore }] = found;
    expect(found).toHaveLength(10);
    for (const one of found) expect(one).toMatchObject({ unusual: true, unusualScore });
    const batch = tensor([2, 1, 96, 96], new Float32Array(2 * 96 * 96));
    const [[first], [second]] = await net.classifyBatch(batch);
    // The fake backend fills what else is asked for with the row's number.
    expect(first.unusualScore).toBe(unusualScore);
    expect(second.unusualScore).not.toBe(unusualScore);
    await net.dispose();
  });

  it('does not know at another size than the weights were trained at', async () => {
    const { backend } = createFakeBackend();
    const net = await loadGoogLeNet({ backend });
    expect((await net.classify(blank(64)))[0]).toMatchObject({ unusual: null, unusualScore: null });
    const large = await loadGoogLeNet({ backend, input: [1, 224, 224] });
    expect((await large.classify(blank(224)))[0]).toMatchObject({ unusual: null, unusualScore: null });
    expect((await large.classify(blank(96)))[0]).toMatchObject({ unusual: true });
  });

  it('does not know with weights that bring no statistics, and then computes none', async () => {
    const { backend, compiled } = createFakeBackend();
    const net = await loadGoogLeNet({ backend, weights: shipped.weights, input: [1, 96, 96] });
    expect((await net.classify(blank(96)))[0]).toMatchObject({ unusual: null, unusualScore: null });
    expect(compiled).toEqual([['fc']]);
  });

  it('takes tensors with statistics among them, which have no metadata to say their size', async () => {
    const weights: Weights = { ...shipped.weights, ...tensorsOf(shipped.statistics) };
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend, weights, input: [1, 96, 96] });
    expect((await net.classify(blank(96)))[0]).toMatchObject({ unusual: null, unusualScore: null });
    expect(net.weights).not.toHaveProperty(statisticsNames.mean);
  });

  it('leaves run as it was: the named values and no others', async () => {
    const net = await loadGoogLeNet({ backend: createFakeBackend().backend });
    const batch = tensor([1, 1, 96, 96], new Float32Array(96 * 96));
    expect(Object.keys(await net.run(batch))).toEqual(['fc']);
    expect(Object.keys(await net.run(batch, { outputs: ['fc'] }))).toEqual(['fc']);
    await expect(net.run(batch, { outputs: ['inception3b.means'] })).rejects.toThrow('no node of that name');
  });
});

function tensorsOf(statistics: UnusualStatistics | undefined): Weights {
  if (statistics === undefined) throw new Error('the shipped weights bring no statistics');
  const { mean, components, joint } = statistics;
  return { [statisticsNames.mean]: mean, [statisticsNames.components]: components, [statisticsNames.joint]: joint };
}
