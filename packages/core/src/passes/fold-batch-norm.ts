import type { Node, NodeOf } from '../graph/graph.js';
import { indexNodes } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Tensor } from '../tensor/tensor.js';
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
    const folded: Record<string, Tensor> = {};
    const gone = new Set<string>();
    const nodes = graph.nodes.flatMap((node): Node[] => {
      if (node.op !== 'batchNorm') return [node];
      const conv = index.get(node.inputs[0]);
      const alone = readers.get(node.inputs[0])?.length === 1 && !graph.outputs.includes(node.inputs[0]);
      if (conv?.op !== 'conv2d' || conv.attributes.activation !== 'none' || !alone) return [node];
      gone.add(conv.name);
      return foldInto(conv, node, weights, folded);
    });
    return dropUnreadParameters({
      graph: { nodes: nodes.filter(({ name }) => !gone.has(name)), outputs: graph.outputs },
      weights: { ...weights, ...folded },
    });
  },
};

function foldInto(
  conv: NodeOf<'conv2d'>,
  norm: NodeOf<'batchNorm'>,
  weights: Weights,
  folded: Record<string, Tensor>,
): Node[] {
  const [x, weightName, biasName] = conv.inputs;
  const [gamma, beta, mean, variance] = norm.inputs.slice(1).map((name) => weights[name].data);
  const weight = weights[weightName];
  const bias = biasName === undefined ? undefined : weights[biasName].data;
  const [filters] = weight.shape;
  const perFilter = weight.data.length / filters;
  const gain = Float64Array.from(gamma, (value, f) => value / Math.sqrt(variance[f] + norm.attributes.epsilon));
  const names = { weight: `${norm.name}.folded.weight`, bias: `${norm.name}.folded.bias` };
  folded[names.weight] = {
    shape: weight.shape,
    dtype: 'float32',
    data: Float32Array.from(weight.data, (value, i) => value * gain[Math.floor(i / perFilter)]),
  };
  folded[names.bias] = {
    shape: [filters],
    dtype: 'float32',
    data: Float32Array.from(gain, (value, f) => ((bias?.[f] ?? 0) - mean[f]) * value + beta[f]),
  };
  return [
    { name: names.weight, op: 'parameter', inputs: [], attributes: { shape: weight.shape } },
    { name: names.bias, op: 'parameter', inputs: [], attributes: { shape: [filters] } },
    { ...conv, name: norm.name, inputs: [x, names.weight, names.bias] },
  ];
}
