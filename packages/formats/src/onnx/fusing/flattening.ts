import { type Dim, isConcrete, normaliseAxis, productOf, type SymbolicShape, sameShape } from '@strata/core';
import { axesOf } from '../folding/axes.js';
import { knownSizes, numbersOf } from '../folding/known.js';
import { squeezed, unsqueezed } from '../folding/structure.js';
import type { OnnxFileNode } from '../opening/types.js';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import { sliceForm } from './split.js';
import type { Before, Form, Fuser } from './types.js';

/** A Reshape to two axes that keeps the first, as Flatten; any other, as far as sizes are open, in numbers. */
export const reshapeForm: Fuser = (node, before) => {
  const x = before.shapeOf(node.inputs[0] ?? '');
  const given = targetOf(node, before);
  if (x === undefined || given === undefined) return undefined;
  const target = given.map((size, axis) => sizeIn(size, x[axis], axis === 0 ? before.batch : undefined));
  const keepsZeros = given.includes(0) && numberOf(node, 'allowzero', 0) === 1;
  if (keepsZeros) return undefined;
  if (target.length === 2 && x.length >= 2 && keepsFirst(target, x)) return flattened(node);
  if (isOwnShape(target, x)) return { ...node, op: 'Identity', attributes: {}, inputs: [node.inputs[0]] };
  const numbers = isConcrete(target) || target.includes(-1) ? target : oneOpen(target);
  return reshaped(node, numbers);
};

/** A Reshape to that target, as operator sets since 5 have it. */
export function reshaped(node: OnnxFileNode, target: readonly Dim[]): Form {
  const known = new Map([[1, knownSizes([target.length], () => target, node.name)]]);
  const inputs = [node.inputs[0], `${node.output}:shape`];
  return { ...node, op: 'Reshape', opset: Math.max(node.opset, 13), attributes: {}, inputs, known };
}

/** 0, which copies, for a size that is the input's own, and for a batch of 1 that was opened. */
function sizeIn(size: Dim, own: Dim | undefined, batch: string | undefined): Dim {
  if (typeof size === 'string') return size === own ? 0 : size;
  return size === 1 && own !== undefined && own === batch ? 0 : size;
}

/** Whether a target is what the input has already. */
function isOwnShape(target: readonly Dim[], x: SymbolicShape): boolean {
  const open = target.filter((size) => size === -1).length;
  return target.length === x.length && open <= 1 && target.every((size, axis) => [0, -1, x[axis]].includes(size));
}

/** −1 for the one size that is open. */
function oneOpen(target: readonly Dim[]): readonly Dim[] {
  const open = target.filter((size) => typeof size === 'string');
  return open.length === 1 ? target.map((size) => (typeof size === 'string' ? -1 : size)) : target;
}

function keepsFirst([rows, columns]: readonly Dim[], x: SymbolicShape): boolean {
  const rest = productOf(x.slice(1));
  const keepsRows = rows === 0 || rows === x[0] || (rows === -1 && typeof rest === 'number');
  return keepsRows && (columns === rest || (columns === -1 && rows !== -1));
}

/** The target of a Reshape as the file gives it; an input since opset 5, an attribute before. */
export function targetOf(node: OnnxFileNode, { knownOf }: Before): readonly Dim[] | undefined {
  return hasInput(node, 1) ? knownOf(node.inputs[1])?.sizes() : listOf(node, 'shape');
}

/** A Squeeze as Flatten where it leaves two axes of a picture of one pixel, else as Reshape. */
export const squeezeForm: Fuser = (node, { shapeOf, knownOf }) => {
  const x = shapeOf(node.inputs[0] ?? '');
  if (x === undefined) return undefined;
  const axes = axesOf(node, 1, knownOf);
  const left = squeezed(x, axes, node.name);
  if (x.length === 4 && left.length === 2 && sameShape(left, x.slice(0, 2))) return flattened(node);
  return targetFor(node, x, left);
};

/** An Unsqueeze as Reshape; behind a Gather of one place of that axis, both as Slice. */
export const unsqueezeForm: Fuser = (node, before) => {
  const axes = axesOf(node, 1, before.knownOf) ?? [];
  const slice = axes.length === 1 ? sliceOf(node, axes[0], before) : undefined;
  const x = before.shapeOf(node.inputs[0] ?? '');
  return slice ?? (x && targetFor(node, x, unsqueezed(x, axes, node.name)));
};

/** The shape as the target of a Reshape, which copies open sizes that stay in place; one other may be open. */
function targetFor(node: OnnxFileNode, x: SymbolicShape, shape: SymbolicShape): Form {
  return reshaped(node, oneOpen(shape.map((size, axis) => (typeof size === 'string' && size === x[axis] ? 0 : size))));
}

/** One place of an axis, which Gather drops and the node puts back. */
function sliceOf(node: OnnxFileNode, axis: number, { makerOf, shapeOf, knownOf }: Before): Form | undefined {
  const gather = makerOf(node.inputs[0] ?? '');
  const [input = '', at = ''] = gather?.inputs ?? [];
  const place = knownOf(at);
  const rank = shapeOf(input)?.length;
  if (gather?.op !== 'Gather' || place?.shape.length !== 0 || rank === undefined || knownOf(input)) return undefined;
  const along = normaliseAxis(numberOf(gather, 'axis', 0), rank, gather.name);
  if (normaliseAxis(axis, rank, node.name) !== along) return undefined;
  const [start] = numbersOf(place.sizes(), node.name);
  // The last place, −1, goes to the end.
  const end = start === -1 ? Number.MAX_SAFE_INTEGER : start + 1;
  return sliceForm({ ...node, inputs: [input] }, along, [start, end]);
}

function flattened(node: OnnxFileNode): Form {
  return { ...node, op: 'Flatten', attributes: { axis: 1 }, inputs: [node.inputs[0]] };
}
