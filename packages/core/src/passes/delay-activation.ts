import { commutesOf } from '../graph/facts.js';
import { freshName, namesOf } from '../graph/fresh-name.js';
import type { Graph, Node, NodeOf } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Tensor, TypedArray } from '../tensor/tensor.js';
import type { Weights } from '../weights/weights.js';
import { dropUnreadParameters } from './drop-unread.js';
import type { Pass } from './pass.js';

/**
 * The bias and the relu of a conv2d move behind the op that alone reads it, as an add and a relu of their own, where the
 * op commutes with them. Exact to the last bit: x ↦ max(fl(x + b), 0) never falls, so it commutes with a maximum over
 * pixels of one channel, and concat moves no value between channels. For libraries that fuse nothing into a convolution:
 * a pool of step 2 leaves a quarter of the elements, and one pass over a concat stands for one over each branch.
 */
export const delayActivation: Pass = {
  name: 'delay-activation',
  apply: ({ graph, weights }) => {
    const epilogues = findEpilogues(graph);
    const taken = namesOf(graph);
    const added = new Map<string, Tensor>();
    const nodes = graph.nodes.flatMap((node): Node[] => {
      const found = epilogues.get(node.name);
      if (found === undefined) return [node];
      if (found.carried) return [withoutEpilogue(node)];
      // A convolution that is not carried on does its own.
      return node.op === 'conv2d' ? [node] : withEpilogue(node, found.epilogue, { weights, added, taken });
    });
    return dropUnreadParameters({
      graph: { nodes, outputs: graph.outputs },
      weights: { ...weights, ...Object.fromEntries(added) },
    });
  },
};

/** What is still to be done to a value: add a bias to each channel, then perhaps cut at zero. */
interface Epilogue {
  /** Parameters whose elements stand side by side along the channels. */
  readonly biases: readonly string[];
  readonly relu: boolean;
}

interface Found {
  readonly epilogue: Epilogue;
  /** Whether the one that reads it takes it over. */
  readonly carried: boolean;
}

/** By name, the epilogue that a node has or can take over from all it reads. */
function findEpilogues(graph: Graph): ReadonlyMap<string, Found> {
  const readers = readersOf(graph);
  const epilogues = new Map<string, Epilogue>();
  /** What `name` can leave to its reader. */
  const leave = (name: string): Epilogue | undefined => {
    const alone = readers.get(name)?.length === 1 && !graph.outputs.includes(name);
    return alone ? epilogues.get(name) : undefined;
  };
  for (const node of graph.nodes) {
    const epilogue = epilogueOf(node, leave);
    if (epilogue !== undefined) epilogues.set(node.name, epilogue);
  }
  return new Map(
    [...epilogues].map(([name, epilogue]) => {
      const reader = leave(name) === undefined ? undefined : readers.get(name)?.[0];
      const takes = reader !== undefined && reader.op !== 'conv2d' && epilogues.has(reader.name);
      return [name, { epilogue, carried: takes }];
    }),
  );
}

function epilogueOf(node: Node, leave: (name: string) => Epilogue | undefined): Epilogue | undefined {
  if (node.op === 'conv2d') {
    const bias = node.inputs[2];
    return bias === undefined ? undefined : { biases: [bias], relu: node.attributes.activation === 'relu' };
  }
  const commutes = commutesOf(node);
  if (commutes === 'no') return undefined;
  if (commutes === 'perChannel') return leave(node.inputs[0]);
  const parts = node.inputs.flatMap((name) => leave(name) ?? []);
  const relu = parts.some((part) => part.relu);
  if (parts.length < node.inputs.length || parts.some((part) => part.relu !== relu)) return undefined;
  return { biases: parts.flatMap(({ biases }) => biases), relu };
}

function withoutEpilogue(node: Node): Node {
  if (node.op !== 'conv2d') return node;
  return { ...node, inputs: node.inputs.slice(0, 2), attributes: { ...node.attributes, activation: 'none' } };
}

function withEpilogue(
  node: Exclude<Node, NodeOf<'conv2d'>>,
  { biases, relu }: Epilogue,
  { weights, added, taken }: { weights: Weights; added: Map<string, Tensor>; taken: Set<string> },
): Node[] {
  const { name } = node;
  const fresh = (what: string) => freshName(`${name}.delayed.${what}`, taken);
  const bias = fresh('bias');
  const data = joinArrays(biases.map((part) => weights[part].data));
  const shape = [1, data.length, 1, 1];
  added.set(bias, { shape, dtype: 'float32', data });
  const raw = fresh('raw');
  const sum = relu ? fresh('sum') : name;
  return [
    { ...node, name: raw },
    { name: bias, op: 'parameter', inputs: [], attributes: { shape } },
    { name: sum, op: 'add', inputs: [raw, bias], attributes: {} },
    ...(relu ? [{ name, op: 'relu', inputs: [sum], attributes: {} } as const] : []),
  ];
}

function joinArrays(parts: readonly TypedArray[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
