import {
  type Dim,
  freshName,
  type Graph,
  inferShapes,
  type Node,
  normaliseAxis,
  type SymbolicShape,
} from '@strata/core';
import type { OnnxFile } from '../opening/types.js';

/** A name for the batch where every input has one of 1. */
export function freshBatch({ inputs }: OnnxFile): string | undefined {
  const shapes = inputs.map(({ shape = [] }) => shape);
  if (inputs.length === 0 || shapes.some((shape) => shape.length < 2 || shape[0] !== 1)) return undefined;
  return freshName('batch', new Set(shapes.flat().map(String)));
}

/**
 * Whether the network does with each sample of a batch of that name what it does with one alone: every value that follows
 * from the inputs has the batch on its first axis, and there alone, and no node works along that axis.
 */
export function isPerSample(graph: Graph, batch: string): boolean {
  const shapes = inferShapes(graph);
  const fromInputs = new Set<string>();
  return graph.nodes.every((node) => {
    if (node.op !== 'input' && !node.inputs.some((name) => fromInputs.has(name))) return true;
    fromInputs.add(node.name);
    const [first, ...rest] = shapes.get(node.name) ?? [];
    return first === batch && rest.every((size) => !names(size, batch)) && !goesAlongFirst(node, shapes);
  });
}

function names(size: Dim, batch: string): boolean {
  return typeof size === 'string' && size.includes(batch);
}

function goesAlongFirst(node: Node, shapes: ReadonlyMap<string, SymbolicShape>): boolean {
  if (!('axis' in node.attributes) || node.op === 'flatten') return false;
  const rank = shapes.get(node.inputs[0])?.length ?? 0;
  return normaliseAxis(node.attributes.axis, rank, node.name) === 0;
}
