import { GraphError, ShapeError } from '../errors.js';
import type { OpKind } from '../ops/op-table.js';
import { opTable } from '../ops/op-table.js';
import { ownValue } from '../records.js';
import { type Dim, formatShape, type Shape, type SymbolicShape, toConcrete } from '../tensor/shape.js';
import { describeNode, type Graph, type NodeOf, nodesOf } from './graph.js';

/** The shape of every node. Open sizes stay open, but what they allow is checked. Throws `ShapeError` naming the node. */
export function inferShapes(graph: Graph): ReadonlyMap<string, SymbolicShape> {
  return propagate(graph, new Map());
}

/** The shape of every node for these input shapes. `ShapeError` when an input does not fit or a window does not. */
export function inferConcreteShapes(graph: Graph, inputs: Readonly<Record<string, Shape>>): ReadonlyMap<string, Shape> {
  const shapes = propagate(graph, bindDims(graph, inputs));
  return new Map([...shapes].map(([name, shape]) => [name, toConcrete(shape, name)]));
}

/** The output shape of one node. `GraphError` for a wrong number of inputs, `ShapeError` for wrong ones. */
export function inferNode<K extends OpKind>(node: NodeOf<K>, inputs: readonly SymbolicShape[]): SymbolicShape {
  checkArity(node, describeNode(node));
  return opTable[node.op].inferShape(describeNode(node), node.attributes, inputs);
}

function propagate(graph: Graph, dims: ReadonlyMap<string, number>): ReadonlyMap<string, SymbolicShape> {
  const shapes = new Map<string, SymbolicShape>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => {
      const shape = shapes.get(name);
      if (shape !== undefined) return shape;
      throw new GraphError({ where: describeNode(node), got: `input '${name}'`, want: 'the name of an earlier node' });
    });
    const shape = inferNode(node, inputs);
    shapes.set(node.name, node.op === 'input' ? shape.map((size) => resolve(size, dims)) : shape);
  }
  return shapes;
}

function resolve(size: Dim, dims: ReadonlyMap<string, number>): Dim {
  return typeof size === 'string' ? (dims.get(size) ?? size) : size;
}

/** What each open size is, from the shapes given. */
function bindDims(graph: Graph, given: Readonly<Record<string, Shape>>): Map<string, number> {
  const dims = new Map<string, number>();
  for (const { name, attributes } of nodesOf(graph, 'input')) {
    const shape = ownValue(given, name);
    const where = `input '${name}'`;
    if (shape === undefined) {
      throw new ShapeError({ where, got: 'no shape', want: formatShape(attributes.shape) });
    }
    const fits =
      shape.length === attributes.shape.length &&
      attributes.shape.every((want, axis) => {
        const size = shape[axis];
        if (!Number.isInteger(size) || size < 1) return false;
        if (typeof want === 'number') return want === size;
        const bound = dims.get(want) ?? size;
        dims.set(want, bound);
        return bound === size;
      });
    if (!fits) throw new ShapeError({ where, got: formatShape(shape), want: formatShape(attributes.shape) });
  }
  return dims;
}

function checkArity(node: { readonly op: OpKind; readonly inputs: readonly string[] }, where: string): void {
  const { inputs, arity } = opTable[node.op];
  const got = node.inputs.length;
  const least = arity === 'variadic' ? 1 : inputs.length - (arity === 'fixed' ? 0 : arity.optional);
  const most = arity === 'variadic' ? Number.POSITIVE_INFINITY : inputs.length;
  if (got >= least && got <= most) return;
  throw new GraphError({
    where,
    got: `${got} inputs`,
    want:
      arity === 'variadic' ? 'at least one' : `${least === most ? most : `${least} to ${most}`} (${inputs.join(', ')})`,
  });
}
