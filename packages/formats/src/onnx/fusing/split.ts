import { type Dim, normaliseAxis } from '@strata/core';
import { knownSizes } from '../folding/known.js';
import type { OnnxFileNode } from '../opening/types.js';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Before, Form } from './types.js';

/** A Split as a Slice for each of its outputs; `undefined` for other nodes, and where sizes are open. */
export function splitForms(node: OnnxFileNode, before: Before): readonly Form[] | undefined {
  const x = before.shapeOf(node.inputs[0] ?? '');
  if (node.op !== 'Split' || x === undefined) return undefined;
  const axis = normaliseAxis(numberOf(node, 'axis', 0), x.length, node.name);
  const sizes = sizesOf(node, x[axis], before);
  if (sizes?.length !== node.outputs.length) return undefined;
  const ends = sizes.map((_, index) => sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0));
  return node.outputs.flatMap((output, index) =>
    output === ''
      ? []
      : [sliceForm({ ...node, output, outputs: [output] }, axis, [ends[index] - sizes[index], ends[index]])],
  );
}

/** A Slice from one place of an axis to another, as operator sets since 10 have it. */
export function sliceForm(node: OnnxFileNode, axis: number, [start, end]: readonly [number, number]): Form {
  const lists = [start, end, axis].map((value) => knownSizes([1], () => [value], node.name));
  const inputs = [node.inputs[0], ...['starts', 'ends', 'axes'].map((name) => `${node.output}:${name}`)];
  const known = new Map(lists.map((list, index) => [index + 1, list]));
  return { ...node, op: 'Slice', opset: 13, attributes: {}, inputs, known };
}

/** How much of the axis each output has: as the node says, or equal parts, of which the last may be smaller. */
function sizesOf(node: OnnxFileNode, size: Dim, { knownOf }: Before): readonly number[] | undefined {
  const given = hasInput(node, 1) ? knownOf(node.inputs[1])?.sizes() : listOf(node, 'split');
  if (given !== undefined) return given.every((one) => typeof one === 'number') ? given.map(Number) : undefined;
  const count = node.outputs.length;
  if (hasInput(node, 1) || typeof size !== 'number') return undefined;
  const part = Math.ceil(size / count);
  return Array.from({ length: count }, (_, index) => Math.min(part, size - index * part));
}
