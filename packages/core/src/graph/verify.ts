import { GraphError } from '../errors.js';
import { isOpKind, opTable, parameterRole } from '../ops/op-table.js';
import { describeValue } from '../tags.js';
import type { SymbolicShape } from '../tensor/shape.js';
import { describeNode, findNode, type Graph, type Node } from './graph.js';
import { inferShapes } from './infer.js';

/**
 * Throws unless the graph is well formed: known ops, unique names, inputs before readers, right number of inputs,
 * weights from parameters, outputs that exist (`GraphError`), and shapes that fit (`ShapeError`). Returns the shapes.
 */
export function verifyGraph(graph: Graph): ReadonlyMap<string, SymbolicShape> {
  refuseOtherThanGraph(graph);
  const seen = new Map<string, Node>();
  for (const node of graph.nodes) {
    verifyNode(node, seen);
    seen.set(node.name, node);
  }
  if (graph.outputs.length === 0) {
    throw new GraphError({ where: 'graph', got: 'no outputs', want: 'at least one' });
  }
  for (const [index, output] of graph.outputs.entries()) {
    findNode(graph, output);
    if (graph.outputs.indexOf(output) !== index) {
      throw new GraphError({ where: `output '${output}'`, got: 'the same name twice', want: 'each output once' });
    }
  }
  return inferShapes(graph);
}

function refuseOtherThanGraph(graph: Graph): void {
  const isRecord = typeof graph === 'object' && graph !== null;
  if (isRecord && Array.isArray(graph.nodes) && Array.isArray(graph.outputs)) return;
  throw new GraphError({ where: 'graph', got: describeValue(graph), want: 'a graph { nodes, outputs }' });
}

function verifyNode(node: Node, seen: ReadonlyMap<string, Node>): void {
  const where = describeNode(node);
  if (!isOpKind(node.op)) {
    throw new GraphError({ where, got: 'an unknown op', want: `one of ${Object.keys(opTable).join(', ')}` });
  }
  if (typeof node.name !== 'string') {
    throw new GraphError({ where, got: `a name that is ${describeValue(node.name)}`, want: 'a text' });
  }
  if (node.name === '') throw new GraphError({ where, got: 'an empty name', want: 'a name' });
  if (seen.has(node.name)) {
    throw new GraphError({
      where,
      got: 'a name that is taken',
      want: 'unique names',
      hint: 'give each layer its own name, or put it in a scope',
    });
  }
  for (const input of node.inputs) {
    if (!seen.has(input)) {
      throw new GraphError({ where, got: `input '${input}'`, want: 'the name of an earlier node' });
    }
  }
  for (const [position, input] of node.inputs.entries()) {
    const source = seen.get(input);
    if (source !== undefined && source.op !== 'parameter' && parameterRole(node.op, position) !== undefined) {
      throw new GraphError({
        where,
        got: `${opTable[node.op].inputs[position]} from ${describeNode(source)}`,
        want: 'a parameter',
      });
    }
  }
}
