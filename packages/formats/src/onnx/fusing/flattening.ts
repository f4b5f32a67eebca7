import { type Dim, isConcrete, productOf, type SymbolicShape } from '@strata/core';
import { axesOf } from '../folding/axes.js';
import { knownSizes } from '../folding/known.js';
import { squeezed } from '../folding/structure.js';
import type { OnnxFileNode } from '../opening/types.js';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
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
  const known = knownSizes([numbers.length], () => numbers, node.name);
  const { allowzero, shape, ...attributes } = node.attributes;
  return { ...node, attributes, inputs: [node.inputs[0], `${node.output}:shape`], known: new Map([[1, known]]) };
};

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

/** A Squeeze that leaves two axes of a picture of one pixel, as Flatten. */
export const flatSqueeze: Fuser = (node, { shapeOf, knownOf }) => {
  const x = shapeOf(node.inputs[0] ?? '');
  if (x?.length !== 4 || !isOne(x.slice(2))) return undefined;
  const axes = axesOf(node, 1, knownOf);
  const left = squeezed(x, axes, node.name);
  return left.length === 2 && left[0] === x[0] && left[1] === x[1] ? flattened(node) : undefined;
};

function isOne(sizes: SymbolicShape): boolean {
  return isConcrete(sizes) && sizes.every((size) => size === 1);
}

function flattened(node: OnnxFileNode): Form {
  return { ...node, op: 'Flatten', attributes: { axis: 1 }, inputs: [node.inputs[0]] };
}
