import { type Graph, LayerBuilder, type Shape } from '@strata/core';
import { neighboursOf, withNode } from '../graphs/neighbours.js';

/** [height, width] of pictures, some of one area: more than a cache of specialised programs keeps. */
const sizes: readonly (readonly [number, number])[] = [
  [4, 5],
  [5, 4],
  [6, 6],
  [4, 9],
  [9, 4],
  [7, 5],
  [5, 7],
  [8, 8],
  [11, 4],
  [4, 11],
  [6, 5],
  [5, 6],
];

const picture = ['batch', 4, 'height', 'width'] as const;

/** Small networks of which no two have a shape in common by chance alone. */
const networks: readonly ((layers: LayerBuilder) => Graph)[] = [
  (layers) => {
    const x = layers.input('x', picture);
    const conv = layers.conv2d('conv', x, { filters: 4, window: 3, padding: 1, activation: 'relu' });
    const pool = layers.maxPool2d('pool', layers.batchNorm('norm', conv), { window: 2, stride: 1 });
    return layers.build([layers.conv2d('last', pool, { filters: 4, window: 1, groups: 2 })]);
  },
  (layers) => {
    const x = layers.input('x', picture);
    const p = layers.parameter('p', [4, 1, 1]);
    const lifted = layers.add('lifted', layers.relu('relu', layers.add('sum', x, p)), p);
    return layers.build([p, layers.concat('joined', [lifted, x, lifted], { axis: 1 }), x, lifted]);
  },
  (layers) => {
    // Nothing reads the first.
    const [, a, b] = ['unread', 'a', 'b'].map((name) => layers.input(name, picture));
    const normed = layers.lrn('normed', a, { size: 3, alpha: 0.5, beta: 0.75, k: 1 });
    const pooled = layers.avgPool2d('pooled', layers.add('sum', normed, b), { window: 3, stride: 1, padding: 1 });
    const mean = layers.flatten('flat', layers.globalAvgPool('mean', pooled));
    const fc = layers.linear('fc', layers.dropout('drop', mean, { rate: 0.5 }), { features: 5 });
    return layers.build([layers.softmax('softmax', fc, { axis: 1 }), mean, fc]);
  },
];

/** How a network is chosen: by number, and what in it differs. */
export interface NetworkChoice {
  readonly network: number;
  /** 0 for the network as it is; else one attribute of one node has another value. */
  readonly twist: number;
  /** Which of its values are outputs, in which order: 0 for its own. */
  readonly outputs: number;
}

/** The network of a choice; every choice has one. */
export function networkOf({ network, twist, outputs }: NetworkChoice): Graph {
  const graph = networks[network % networks.length](new LayerBuilder());
  const neighbours = neighboursOf(graph);
  const choice = twist % (neighbours.length + 1);
  return withOutputs(choice === 0 ? graph : withNode(graph, neighbours[choice - 1]), outputs);
}

/** The first bits choose among all values, inputs and parameters too; the rest turns their order. */
function withOutputs(graph: Graph, choice: number): Graph {
  if (choice === 0) return graph;
  const chosen = graph.nodes.filter((_, i) => ((choice >> (i % 20)) & 1) === 1).map(({ name }) => name);
  if (chosen.length === 0) return graph;
  const turn = choice % chosen.length;
  return { ...graph, outputs: [...chosen.slice(turn), ...chosen.slice(0, turn)] };
}

/** How many shapes pictures may have: each size in batches of 1 to 3. */
export const pictureShapes = 3 * sizes.length;

/** [batch, channels, height, width] of the pictures of a run. */
export function pictureOf(shape: number): Shape {
  const [height, width] = sizes[shape % sizes.length];
  return [1 + (Math.floor(shape / sizes.length) % 3), 4, height, width];
}
