import {
  type Backend,
  type DeviceReport,
  defineBackend,
  initialiseWeights,
  LayerBuilder,
  type Tensor,
} from '@strata/core';
import { createReferenceBackend, interpret } from '@strata/core/reference';
import { describe, expect, it } from 'vitest';
import { checkNetwork, diffNetworks, type NetworkModel, referenceStages, withShownReport } from '../src/index.js';

/** Two convolutions behind one another; the picture has one bright pixel, which widens what mixing may miss. */
function createModel(): NetworkModel {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, 4, 16, 14]);
  const first = layers.conv2d('first', x, { filters: 8, window: 3, padding: 1 });
  const graph = layers.build([layers.conv2d('second', first, { filters: 6, window: 5, stride: 2, padding: 2 })]);
  const data = Float32Array.from({ length: 4 * 16 * 14 }, (_, i) => (i === 5 ? 4096 : Math.sin(i)));
  return {
    graph,
    weights: initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 3 }),
    inputs: { x: { shape: [1, 4, 16, 14], dtype: 'float32', data } },
    outputs: ['first', 'second'],
  };
}

/**
 * The reference, rounded, under a report that claims something. `spoil` changes what `conv2d` nodes give, from the
 * largest of what they read.
 */
function claiming(
  claims: Partial<DeviceReport>,
  spoil: (value: number, largest: number, i: number) => number,
): Backend {
  return defineBackend({
    report: { ...createReferenceBackend().report, ...claims },
    gapOf: () => undefined,
    passes: [],
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) => {
        const observed: Record<string, Tensor> = {};
        for (const {
          name,
          op,
          inputs: [read],
        } of graph.nodes) {
          if (op === 'input' || op === 'parameter') continue;
          const judged = interpret(graph, weights, inputs, { outputs: [name], observed }).get(name);
          if (judged === undefined) continue;
          const { data: source } = observed[read] ?? inputs[read];
          const largest = Math.max(...Array.from(source, Math.abs));
          const change = (value: number, i: number) => (op === 'conv2d' ? spoil(value, largest, i) : value);
          observed[name] = { shape: judged.shape, dtype: 'float32', data: Float32Array.from(judged.value, change) };
        }
        return Object.fromEntries(graph.outputs.map((name) => [name, observed[name]]));
      },
      release: () => {},
    }),
    release: () => {},
  });
}

const right = (value: number) => value;
/** As an algorithm errs that mixes windows: by the largest of what it reads. */
const mixing = (value: number, largest: number, i: number) => value + (i % 3) * 2 ** -25 * largest;
/** As one errs that is wrong: the same, but whatever the picture. */
const wrong = (value: number, _: number, i: number) => value + (i % 3) * 2 ** -13;

describe('a whole network on a backend whose report widens tolerances', () => {
  const model = createModel();

  it.each([
    ['winograd', wrong],
    ['fft', wrong],
    ['unknown', wrong],
  ] as const)('is judged as a direct one where the probe shows no %s', async (convolution, spoil) => {
    const liar = claiming({ convolution }, spoil);
    const { passed, firstDiverging } = await checkNetwork(model, liar, 1);
    expect({ passed, firstDiverging }).toEqual({ passed: false, firstDiverging: 'first' });
    const { firstDiverging: parted } = await diffNetworks(model, claiming({}, right), liar);
    expect(parted).toMatchObject({ layer: 'first', wrong: ['second'] });
  });

  it('is judged as float32 where the probe shows nothing less', async () => {
    const liar = claiming({ precision: 'half' }, (value) => value * (1 + 2 ** -13));
    expect(await checkNetwork(model, liar, 1)).toMatchObject({ passed: false, firstDiverging: 'first' });
  });

  it('has the wide tolerance where the probe shows that it mixes pixels, in this network or in likely ones', async () => {
    const honest = claiming({ convolution: 'fft' }, mixing);
    expect((await checkNetwork(model, claiming({}, mixing), 1)).passed).toBe(false);
    expect(await checkNetwork(model, honest, 1)).toMatchObject({ passed: true });
    expect((await withShownReport(honest)).report.convolution).toBe('fft');
  });

  it('is probed in its own convolutions, for libraries choose by shape', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 3, 9, 9]);
    const graph = layers.build([layers.conv2d('point', x, { filters: 4, window: 1 })]);
    const data = new Float32Array(243).fill(1);
    const pointwise = { graph, inputs: { x: { shape: [1, 3, 9, 9], dtype: 'float32', data } } } as const;
    const honest = claiming({ convolution: 'fft' }, mixing);
    expect((await withShownReport(honest, pointwise)).report.convolution).toBe('direct');
    expect((await withShownReport(honest, model)).report.convolution).toBe('fft');
  });

  it('has its reference with the tolerance that the probe shows', async () => {
    const [liar, direct] = [claiming({ convolution: 'unknown' }, right), claiming({}, right)];
    expect(await referenceStages(model, liar)).toEqual(await referenceStages(model, direct));
  });
});
