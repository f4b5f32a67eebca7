import { type Dim, freshName, type Model, type Node } from '@strata/core';

/** A value's name in the graph, and in the ONNX model. */
export interface OnnxNaming {
  readonly name: string;
  readonly onnxName: string;
}

/** A model under names that ONNX can carry, and the way back. */
export interface RenamedModel extends Model {
  readonly namings: { ours(onnxName: string): string };
  /** The open sizes that have another name in the model. */
  readonly sizes: readonly OnnxNaming[];
}

/**
 * The model under ONNX names: its own wherever they survive. ONNX Runtime keeps values in plain JavaScript objects,
 * which lose `__proto__` and find `constructor` where there is none, and in C texts, which end at a NUL; protobuf
 * makes one character of all halves of surrogate pairs.
 */
export function withOnnxNames({ graph, weights }: Model): RenamedModel {
  const taken = new Set(graph.nodes.map(({ name }) => name));
  const theirs = new Map<string, string>();
  for (const { name } of graph.nodes) if (!survives(name)) theirs.set(name, replacementFor(name, taken));
  const sizes = new Map<string, string>();
  const takenSizes = new Set(graph.nodes.flatMap(sizesOf));
  for (const size of [...takenSizes]) if (!survives(size)) sizes.set(size, replacementFor(size, takenSizes));
  const namings = { ours: backwards(theirs) };
  const renamedSizes = [...sizes].map(([name, onnxName]) => ({ name, onnxName }));
  if (theirs.size === 0 && sizes.size === 0) return { graph, weights, namings, sizes: renamedSizes };
  const rename = (name: string) => theirs.get(name) ?? name;
  const nodes = graph.nodes.map((node) =>
    renameSizes({ ...node, name: rename(node.name), inputs: node.inputs.map(rename) }, sizes),
  );
  return {
    graph: { nodes, outputs: graph.outputs.map(rename) },
    weights: Object.fromEntries(Object.entries(weights).map(([name, weight]) => [rename(name), weight])),
    namings,
    sizes: renamedSizes,
  };
}

/** Whether ONNX Runtime gives the name back as it was. */
function survives(name: string): boolean {
  return !Reflect.has(Object.prototype, name) && !/[\p{Cc}\p{Cs}]/u.test(name);
}

function replacementFor(name: string, taken: Set<string>): string {
  return freshName(`${name.replaceAll(/[\p{Cc}\p{Cs}]/gu, '_')}:renamed`, taken);
}

function backwards(theirs: ReadonlyMap<string, string>): (onnxName: string) => string {
  const ours = new Map([...theirs].map(([name, onnxName]) => [onnxName, name]));
  return (onnxName) => ours.get(onnxName) ?? onnxName;
}

function sizesOf(node: Node): string[] {
  return node.op === 'input' ? node.attributes.shape.filter((size) => typeof size === 'string') : [];
}

function renameSizes(node: Node, sizes: ReadonlyMap<string, string>): Node {
  if (node.op !== 'input') return node;
  const shape = node.attributes.shape.map((size): Dim => (typeof size === 'string' ? (sizes.get(size) ?? size) : size));
  return { ...node, attributes: { ...node.attributes, shape } };
}
