import { LayerBuilder, type Tensor, type Value } from '@strata/core';
import { fill } from './generators/values.js';
import { renameTrial } from './graphs/odd-names.js';
import { randomTensor, randomWeights } from './tensors.js';
import type { Trial } from './trial.js';

/** Channels that ONNX Runtime's WebGPU convolution sums wrongly in its own layout: multiples of 3, not of 4. */
const widths = [6, 9, 15, 18, 21, 27, 30, 33];

/** Convolutions of windows above 1×1 over those channels, first in the network and behind another, to 4 and 8 filters. */
const convolutionWidths: Trial = trialOf([2, 5, 6], false, (layers, input) =>
  widths.flatMap((channels) => {
    const x = input(`x${channels}`, channels);
    const first = layers.conv2d(`first${channels}`, x, { filters: 8, window: 3, padding: 1 });
    const between = layers.conv2d(`between${channels}`, first, { filters: channels, window: 1 });
    return [first, layers.conv2d(`second${channels}`, between, { filters: 4, window: [2, 3], stride: 2 })];
  }),
);

/** Max pools of every form over pictures whose windows hold little or nothing but numbers far below zero. */
const lowPools: Trial = trialOf([2, 6, 7], true, (layers, input) =>
  [2, 16].flatMap((channels) => {
    const x = input(`x${channels}`, channels);
    const pool = (name: string, options: Parameters<LayerBuilder['maxPool2d']>[2]) =>
      layers.maxPool2d(`${name}${channels}`, x, options);
    return [
      pool('plain', { window: 2, stride: 2 }),
      pool('padded', { window: 3, stride: 1, padding: 1 }),
      pool('ceil', { window: [3, 2], stride: 2, rounding: 'ceil' }),
      pool('dilated', { window: 2, stride: 1, dilation: 2, padding: [2, 0, 2, 1] }),
      pool('single', { window: 1, stride: 2 }),
      // A depthwise convolution of one weight keeps minus infinity.
      layers.maxPool2d(
        `summed${channels}`,
        layers.conv2d(`conv${channels}`, x, { filters: channels, window: 1, groups: channels, bias: false }),
        { window: 2, stride: 1, padding: [0, 1, 0, 0] },
      ),
      // What relus hide, and a sum that shows it again.
      layers.relu(`cut${channels}`, pool('hidden', { window: [1, 3], stride: 1 })),
      layers.relu(
        `lifted${channels}`,
        layers.add(`sum${channels}`, pool('seen', { window: [1, 2] }), layers.parameter(`lift${channels}`, [1])),
      ),
    ];
  }),
);

/**
 * Batch norms of odd channels and pixels, each read by a matrix product: WebGL computes the unused lanes of a texel too,
 * and what is no number there spreads.
 */
const oddNorms: Trial = trialOf([1, 3, 1], false, (layers, input) =>
  [1, 3, 5].flatMap((channels) => {
    const norm = layers.batchNorm(`norm${channels}`, input(`x${channels}`, channels));
    const pixel = layers.flatten(`flat${channels}`, layers.globalAvgPool(`mean${channels}`, norm));
    return [
      layers.conv2d(`conv${channels}`, norm, { filters: 2, window: 1 }),
      layers.linear(`fc${channels}`, pixel, { features: 3 }),
    ];
  }),
);

/** Every layer of which something is made under a name, and parameters of the graph that have such names already. */
const madeNames: Trial = renameTrial(
  trialOf([2, 6, 7], false, (layers, input) => {
    const x = input('x', 3);
    const conv = layers.conv2d('conv', x, { filters: 4, window: 3, padding: 1 });
    const norm = layers.batchNorm('norm', conv);
    const pool = layers.maxPool2d('pool', layers.relu('cut', norm), { window: 2, stride: 2 });
    const joined = layers.concat('joined', [pool, layers.avgPool2d('mean', norm, { window: 2, stride: 2 })]);
    const second = layers.batchNorm('second', joined);
    const added = ['a', 'b', 'c', 'd'].reduce(
      (sum, name) => layers.add(`and ${name}`, sum, layers.parameter(name, [1, 8, 1, 1])),
      second,
    );
    const flat = layers.flatten('flat', layers.globalAvgPool('all', added));
    const linear = layers.linear('linear', flat, { features: 8, activation: 'relu' });
    return [layers.linear('last', linear, { features: 8 }), layers.softmax('share', linear), second];
  }),
  new Map([
    ['a', 'norm.folded.weight'],
    ['b', 'pool.delayed.bias'],
    ['c', 'linear:linear'],
    ['d', 'second:output'],
    ['last.bias', 'linear.weight: in, out'],
    ['second.mean', '½ for second.scale'],
    ['second.shift', 'second.scale / √(second.variance + 0.00001)'],
  ]),
);

/** One parameter read by convolutions of 4 groups, of 2 and of 1; one bias for all. */
const sharedWeights: Trial = (() => {
  const { graph, weights, runs, structured } = trialOf([2, 6, 7], false, (layers, input) => [
    layers.conv2d('four', input('x4', 4), { filters: 4, window: 1, groups: 4 }),
    layers.conv2d('two', input('x2', 2), { filters: 4, window: 1, groups: 2 }),
    layers.conv2d('one', input('x1', 1), { filters: 4, window: 1 }),
  ]);
  const shared = (name: string) => name.replace(/^(two|one)\./, 'four.');
  return {
    graph: {
      nodes: graph.nodes
        .filter(({ name }) => shared(name) === name)
        .map((node) => ({ ...node, inputs: node.inputs.map(shared) })),
      outputs: graph.outputs,
    },
    weights: Object.fromEntries(Object.entries(weights).filter(([name]) => shared(name) === name)),
    runs,
    structured,
  };
})();

/**
 * The same relu behind a batch norm and a softmax of one shape, which may lie in different ways on a device: a kernel that
 * is compiled for one layout reads another wrongly.
 */
const sameRelus: Trial = trialOf([1, 1, 3], false, (layers, input) => {
  const first = layers.relu('first', layers.batchNorm('norm', input('x', 2)));
  return [layers.relu('last', layers.softmax('shares', first, { axis: 1 }))];
});

/** Padding in front of pools, of more pixels than their windows: a library that joins the two may refuse it, or count otherwise. */
const paddedPools: Trial = trialOf([2, 5, 6], false, (layers, input) => {
  const padded = (name: string, value = 0) =>
    layers.pad(`around ${name}`, input(name, 3), { before: [0, 0, 2, 0], after: [0, 0, 1, 3], value });
  return [
    layers.avgPool2d('mean', padded('x'), { window: 2, stride: 1 }),
    layers.avgPool2d('shifted', padded('y', 0.5), {
      window: [2, 3],
      stride: 2,
      padding: [1, 0, 0, 2],
      countPadding: true,
    }),
    layers.maxPool2d('largest', padded('z'), { window: 2, stride: 1, padding: 1 }),
    layers.conv2d('conv', padded('w'), { filters: 2, window: 2 }),
  ];
});

/** Traps of libraries that chance seldom hits, by name. */
export const knownTrials: Readonly<Record<string, Trial>> = {
  'odd norms': oddNorms,
  'same relus': sameRelus,
  'convolution widths': convolutionWidths,
  'low pools': lowPools,
  'padded pools': paddedPools,
  'names that are made': madeNames,
  'shared weights': sharedWeights,
};

type Declare = (name: string, channels: number) => Value;

/** A trial of one run over pictures [batch, channels, height, width]; `low` ones are far below zero. */
function trialOf(
  [batch, height, width]: readonly [number, number, number],
  low: boolean,
  build: (layers: LayerBuilder, input: Declare) => readonly Value[],
): Trial {
  const layers = new LayerBuilder();
  const inputs = new Map<string, Tensor>();
  const graph = layers.build(
    build(layers, (name, channels) => {
      const shape = [batch, channels, height, width];
      const values = { kind: 'low', seed: channels, specials: [] } as const;
      inputs.set(name, low ? fill(shape, values) : randomTensor(shape, channels));
      return layers.input(name, ['batch', channels, 'height', 'width']);
    }),
  );
  const weights = randomWeights(graph, 3);
  // Towards zero, so that nothing overflows.
  if (low) for (const name of Object.keys(weights)) weights[name].data.fill(0.5);
  return { graph, weights, runs: [Object.fromEntries(inputs)], structured: low };
}
