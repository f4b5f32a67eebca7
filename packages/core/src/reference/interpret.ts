import { GraphError, ShapeError, WeightsError } from '../errors.js';
import { isComputed } from '../graph/facts.js';
import { type Graph, indexNodes, type Node, type NodeOf, nodesOf } from '../graph/graph.js';
import { inferConcreteShapes } from '../graph/infer.js';
import { verifyGraph } from '../graph/verify.js';
import { readersOf, selectOutputs } from '../graph/walk.js';
import type { ComputeKind } from '../ops/op-table.js';
import { refuseOtherThanRecord } from '../records.js';
import { formatShape, type Shape, sameShape } from '../tensor/shape.js';
import { asFloat32, checkTensor, type Tensor } from '../tensor/tensor.js';
import { bindWeights } from '../weights/bind.js';
import type { Weights } from '../weights/weights.js';
import { type Bounds, entryError } from './bounds.js';
import { exactly, type Judged } from './judged.js';
import type { OpContext, Producer } from './op-reference.js';
import { referenceTable } from './reference-table.js';

/** Options of `interpret`. */
export interface InterpretOptions extends Partial<Bounds> {
  /** Names of the values to return; the graph's outputs by default. */
  readonly outputs?: readonly string[];
  /**
   * Values that the judged backend itself produced, by node name. Their readers start from them, as exact, so that an
   * error is pinned to the first stage that made it; the node's own result is still what its inputs give.
   */
  readonly observed?: Readonly<Record<string, Tensor>>;
  /** Called after each node with how many are done, of how many: a whole network takes seconds. */
  onProgress?(done: number, total: number): void;
}

/**
 * Runs the graph in float64: for each output its exact value and the tolerance of a right implementation, the error of
 * all steps before it included. Takes graphs before and after the passes. float64 tensors count as they are.
 *
 * Throws what `compile` and `run` would: `GraphError` for a broken graph, unknown outputs, missing or surplus inputs,
 * `ShapeError` for tensors that do not fit, `WeightsError` for weights that do not.
 */
export function interpret(
  graph: Graph,
  weights: Weights,
  inputs: Readonly<Record<string, Tensor>>,
  options: InterpretOptions = {},
): ReadonlyMap<string, Judged> {
  const {
    profile = 'float32',
    structured = false,
    convolution = 'direct',
    propagation = 'worst',
    observed = {},
  } = options;
  const bounds: Bounds = { profile, structured, convolution, propagation };
  verifyGraph(graph);
  checkWeights(graph, weights);
  const selected = selectOutputs(graph, options.outputs ?? graph.outputs);
  const shapes = inferConcreteShapes(selected, checkInputs(graph, inputs));
  checkObserved(graph, observed, shapes);
  const shapeOf = (name: string) => shapes.get(name) ?? [];
  const index = indexNodes(selected);
  const readers = readersOf(selected);
  const waiting = new Map(selected.nodes.map(({ name }) => [name, readers.get(name)?.length ?? 0]));
  const live = new Map<string, Judged>();
  const results = new Map<string, Judged>();
  for (const [done, node] of selected.nodes.entries()) {
    const arguments_ = node.inputs.map((name) => findLive(live, name));
    const judged = evaluate(node, arguments_);
    if (selected.outputs.includes(node.name)) results.set(node.name, judged);
    live.set(node.name, Object.hasOwn(observed, node.name) ? enter(observed[node.name], bounds) : judged);
    release(node);
    options.onProgress?.(done + 1, selected.nodes.length);
  }
  return new Map(selected.outputs.map((name) => [name, findLive(results, name)]));

  function evaluate(node: Node, inputsOfNode: readonly Judged[]): Judged {
    if (node.op === 'input') return enter(inputs[node.name], bounds);
    if (node.op === 'parameter') return enter(weights[node.name], bounds);
    return evaluateNode(node, inputsOfNode, {
      shape: shapeOf(node.name),
      bounds,
      producers: node.inputs.map(findProducer),
    });
  }

  function findProducer(name: string): Producer | undefined {
    const node = index.get(name);
    if (node === undefined || !isComputed(node) || Object.hasOwn(observed, name)) return undefined;
    return {
      node,
      inputs: node.inputs.map(shapeOf),
      // Found when asked for: there are many ways back through a network.
      get producers() {
        return node.inputs.map(findProducer);
      },
      alone: readers.get(name)?.length === 1 && !graph.outputs.includes(name),
    };
  }

  /** Drops values that nothing reads any more: a network's activations do not all fit in memory at once. */
  function release(node: Node): void {
    for (const name of new Set(node.inputs)) {
      const left = (waiting.get(name) ?? 0) - 1;
      waiting.set(name, left);
      if (left === 0) live.delete(name);
    }
  }
}

/** One node for given inputs: its exact result, and the tolerance that follows from theirs. */
export function evaluateNode<K extends ComputeKind>(
  { op, attributes }: NodeOf<K>,
  inputs: readonly Judged[],
  context: OpContext,
): Judged {
  return referenceTable[op](inputs, attributes, context);
}

function enter(given: Tensor, bounds: Bounds): Judged {
  const { shape, value } = exactly(given);
  return { shape, value, tolerance: value.map((x) => entryError(x, bounds)) };
}

function findLive(values: ReadonlyMap<string, Judged>, name: string): Judged {
  const found = values.get(name);
  if (found !== undefined) return found;
  throw new GraphError({ where: `reference: '${name}'`, got: 'no value yet', want: 'a node that stands before' });
}

/** `bindWeights` takes float32 alone, as devices do; the reference takes float64 as well. */
function checkWeights(graph: Graph, weights: Weights): void {
  refuseOtherThanRecord(weights, 'weights', 'an object of tensors by name', WeightsError);
  const float32 = Object.entries(weights).map(([name, given]): [string, Tensor] =>
    given?.dtype === 'float64'
      ? [name, { shape: given.shape, dtype: 'float32', data: asFloat32(given) }]
      : [name, given],
  );
  bindWeights(graph, Object.fromEntries(float32));
}

function checkInputs(graph: Graph, inputs: Readonly<Record<string, Tensor>>): Record<string, Shape> {
  refuseOtherThanRecord(inputs, 'reference: run', 'an object of tensors by name');
  const wanted = nodesOf(graph, 'input').map(({ name }) => name);
  const given = Object.keys(inputs);
  if (wanted.some((name) => !given.includes(name)) || given.some((name) => !wanted.includes(name))) {
    throw new GraphError({
      where: 'reference: run',
      got: `inputs ${given.join(', ') || 'none'}`,
      want: wanted.join(', ') || 'none',
    });
  }
  for (const name of wanted) checkTensor(inputs[name], `input '${name}'`);
  return Object.fromEntries(wanted.map((name) => [name, inputs[name].shape]));
}

function checkObserved(
  graph: Graph,
  observed: Readonly<Record<string, Tensor>>,
  shapes: ReadonlyMap<string, Shape>,
): void {
  for (const [name, given] of Object.entries(observed)) {
    const where = `observed '${name}'`;
    if (!graph.nodes.some((node) => node.name === name)) {
      throw new GraphError({ where, got: 'no node of that name', want: 'names of nodes' });
    }
    checkTensor(given, where);
    const want = shapes.get(name);
    if (want === undefined || sameShape(given.shape, want)) continue;
    throw new ShapeError({ where, got: formatShape(given.shape), want: formatShape(want) });
  }
}
