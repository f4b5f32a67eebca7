import { GraphError, messageOf, StrataError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { verifyGraph } from '../graph/verify.js';
import { formatShape, type SymbolicShape, sameShape } from '../tensor/shape.js';
import type { Weights } from '../weights/weights.js';

/** A graph with the weights of its parameters. */
export interface Model {
  readonly graph: Graph;
  readonly weights: Weights;
}

/** Rewrites a model into one that computes the same outputs. May remove any name that is not an output. */
export interface Pass {
  readonly name: string;
  /** The rewritten model; the one that is given stays as it is. */
  apply(model: Model): Model;
}

/** Applies passes in order and verifies the graph after each; a pass that breaks it is named in the `GraphError`. */
export function runPasses(model: Model, passes: readonly Pass[]): Model {
  let current = model;
  let before = outputShapes(model.graph);
  for (const pass of passes) {
    const [next, after] = applyPass(pass, current);
    compareOutputs(pass, before, after);
    checkParameters(pass, next);
    current = next;
    before = after;
  }
  return current;
}

function applyPass(pass: Pass, model: Model): [Model, ReadonlyMap<string, SymbolicShape>] {
  try {
    const next = pass.apply(model);
    return [next, outputShapes(next.graph)];
  } catch (error) {
    if (!(error instanceof StrataError)) throw error;
    throw new GraphError({ where: `pass '${pass.name}'`, got: `a broken graph: ${messageOf(error)}`, cause: error });
  }
}

function outputShapes(graph: Graph): ReadonlyMap<string, SymbolicShape> {
  const shapes = verifyGraph(graph);
  return new Map(graph.outputs.map((name) => [name, shapes.get(name) ?? []]));
}

function compareOutputs(
  { name }: Pass,
  before: ReadonlyMap<string, SymbolicShape>,
  after: ReadonlyMap<string, SymbolicShape>,
): void {
  const list = (shapes: ReadonlyMap<string, SymbolicShape>) =>
    [...shapes].map(([output, shape]) => `${output} ${formatShape(shape)}`).join(', ');
  const same =
    before.size === after.size && [...before].every(([output, shape]) => sameShape(shape, after.get(output) ?? []));
  if (!same) throw new GraphError({ where: `pass '${name}'`, got: `outputs ${list(after)}`, want: list(before) });
}

function checkParameters({ name }: Pass, { graph, weights }: Model): void {
  for (const node of graph.nodes) {
    if (node.op !== 'parameter') continue;
    const shape = Object.hasOwn(weights, node.name) ? weights[node.name].shape : undefined;
    if (shape !== undefined && sameShape(shape, node.attributes.shape)) continue;
    throw new GraphError({
      where: `pass '${name}'`,
      got: `weights ${shape === undefined ? 'missing' : formatShape(shape)} for parameter ${node.name}`,
      want: formatShape(node.attributes.shape),
    });
  }
}
