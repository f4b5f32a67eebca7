import type { OpKind } from '../ops/op-table.js';
import { opTable } from '../ops/op-table.js';
import { countElements, type Shape } from '../tensor/shape.js';
import type { Graph, NodeOf } from './graph.js';
import { inferConcreteShapes } from './infer.js';

/** What one node costs. */
export interface NodeCost {
  readonly name: string;
  readonly op: OpKind;
  readonly outputShape: Shape;
  /** Numbers in the parameters that the node reads; a shared parameter counts at its first reader. */
  readonly parameters: number;
  /** Multiply-adds of one run. */
  readonly multiplyAdds: number;
}

/** Shapes, parameters and multiply-adds of every node but the parameters, for these input shapes. */
export function countCosts(graph: Graph, inputs: Readonly<Record<string, Shape>>): NodeCost[] {
  const shapes = inferConcreteShapes(graph, inputs);
  const shapeOf = (name: string) => shapes.get(name) ?? [];
  const counted = new Set<string>();
  const isParameter = new Set(graph.nodes.filter(({ op }) => op === 'parameter').map(({ name }) => name));
  return graph.nodes
    .filter(({ op }) => op !== 'parameter')
    .map((node) => {
      const fresh = [...new Set(node.inputs)].filter((input) => isParameter.has(input) && !counted.has(input));
      for (const input of fresh) counted.add(input);
      const outputShape = shapeOf(node.name);
      return {
        name: node.name,
        op: node.op,
        outputShape,
        parameters: fresh.reduce((sum, input) => sum + countElements(shapeOf(input)), 0),
        multiplyAdds: multiplyAddsOf(node, node.inputs.map(shapeOf), outputShape),
      };
    });
}

function multiplyAddsOf<K extends OpKind>(node: NodeOf<K>, inputs: readonly Shape[], output: Shape): number {
  return opTable[node.op].multiplyAdds(node.attributes, inputs, output);
}
