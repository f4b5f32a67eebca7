import { freshName, namesOf } from '../graph/fresh-name.js';
import type { Node, NodeOf } from '../graph/graph.js';
import { indexNodes } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Tensor, TypedArray } from '../tensor/tensor.js';
import type { Weights } from '../weights/weights.js';
import { dropUnreadParameters } from './drop-unread.js';
import type { Pass } from './pass.js';

/**
 * conv2d → batchNorm becomes one conv2d under the batchNorm's name, where nothing else reads the value in between and
 * it is no output: w' = w·g, b' = (b − μ)·g + β with g = γ/√(σ² + ε), computed in float64 and rounded once.
 */
export const foldBatchNorm: Pass = {
  name: 'fold-batch-norm',
  apply: ({ graph, weights }) => {
    const readers = readersOf(graph);
    const index = indexNodes(graph);
    const taken = namesOf(graph);
    const folded = new Map<string, Tensor>();
    const gone = new Set<string>();
    const nodes = graph.nodes.flatMap((node): Node[] => {
      if (node.op !== 'batchNorm') return [node];
      const conv = index.get(node.inputs[0]);
      const alone = readers.get(node.inputs[0])?.length === 1 && !graph.outputs.includes(node.inputs[0]);
      if (conv?.op !== 'conv2d' || conv.attributes.activation !== 'none' || !alone) return [node];
      gone.add(conv.name);
      return foldInto(conv, node, { weights, folded, taken });
    });
    return dropUnreadParameters({
      graph: { nodes: nodes.filter(({ name }) => !gone.has(name)), outputs: graph.outputs },
      weights: { ...weights, ...Object.fromEntries(folded) },
    });
  },
};

function foldInto(
  conv: NodeOf<'conv2d'>,
  norm: NodeOf<'batchNorm'>,
  { weights, folded, taken }: { weights: Weights; folded: Map<string, Tensor>; taken: Set<string> },
): Node[] {
  const [x, weightName, biasName] = conv.inputs;
  const [gamma, beta, mean, variance] = norm.inputs.slice(1).map((name) => weights[name].data);
  const weight = weights[weightName];
  const bias = biasName === undefined ? undefined : weights[biasName].data;
  const [filters] = weight.shape;
  const gain = Float64Array.from(gamma, (value, f) => value / Math.sqrt(variance[f] + norm.attributes.epsilon));
  const [weightNow, biasNow] = ['weight', 'bias'].map((part) => freshName(`${norm.name}.folded.${part}`, taken));
  folded.set(weightNow, { shape: weight.shape, dtype: 'float32', data: scaleFilters(weight.data, gain) });
  folded.set(biasNow, {
    shape: [filters],
    dtype: 'float32',
    data: Float32Array.from(gain, (value, f) => ((bias?.[f] ?? 0) - mean[f]) * value + beta[f]),
  });
  return [
    { name: weightNow, op: 'parameter', inputs: [], attributes: { shape: weight.shape } },
    { name: biasNow, op: 'parameter', inputs: [], attributes: { shape: [filters] } },
    { ...conv, name: norm.name, inputs: [x, weightNow, biasNow] },
  ];
}

/** Each filter times its gain. Networks have tens of millions of weights: a call for each takes seconds, loops do not. */
function scaleFilters(weights: TypedArray, gain: Float64Array): Float32Array {
  const scaled = new Float32Array(weights.length);
  const perFilter = weights.length / gain.length;
  let at = 0;
  for (const factor of gain) {
    for (const end = at + perFilter; at < end; at++) scaled[at] = weights[at] * factor;
  }
  return scaled;
}
