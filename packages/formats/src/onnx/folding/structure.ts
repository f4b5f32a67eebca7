import { countElements, type Dim, InputError, normaliseAxis, productOf, type Shape, stridesOf } from '@strata/core';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import { axesOf, sortedAxes } from './axes.js';
import { type Known, knownFloats, knownSizes, numbersOf } from './known.js';
import { selectElements } from './select.js';
import type { Folder, Folding } from './types.js';

/** The same elements in another shape. */
export function inShape(known: Known, shape: readonly Dim[], where: string): Known {
  const sizes = numbersOf(shape, where);
  if (countElements(sizes) !== countElements(known.shape)) {
    throw new InputError({ where, got: `shape [${sizes}] for [${known.shape}]`, want: 'as many elements' });
  }
  if (known.kind === 'sizes') return knownSizes(sizes, () => known.sizes(), where);
  return knownFloats(sizes, () => known.tensor().data, where);
}

export const reshape: Folder = ({ node, knownAt }) => {
  const x = knownAt(0);
  const target = hasInput(node, 1) ? knownAt(1).sizes() : listOf(node, 'shape');
  return inShape(x, fillTarget(node.name, x.shape, target ?? [], numberOf(node, 'allowzero', 0) === 1), node.name);
};

/** A Reshape's target with 0 and −1 replaced by what they stand for. */
function fillTarget(where: string, x: Shape, target: readonly Dim[], allowZero: boolean): readonly Dim[] {
  const copied = target.map((size, axis) => (size === 0 && !allowZero ? (x[axis] ?? 0) : size));
  const rest = productOf(copied.filter((size) => size !== -1));
  return copied.map((size) => (size === -1 ? countElements(x) / numbersOf([rest], where)[0] : size));
}

export const squeeze: Folder = ({ node, knownAt }) => {
  const x = knownAt(0);
  return inShape(
    x,
    squeezed(
      x.shape,
      axesOf(node, 1, () => knownAt(1)),
      node.name,
    ),
    node.name,
  );
};

/** The shape without those axes, or without all of size 1. */
export function squeezed(shape: readonly Dim[], axes: readonly number[] | undefined, where: string): readonly Dim[] {
  if (axes === undefined) return shape.filter((size) => size !== 1);
  const dropped = sortedAxes(axes, shape.length, where);
  const wrong = dropped.find((axis) => shape[axis] !== 1);
  if (wrong === undefined) return shape.filter((_, axis) => !dropped.includes(axis));
  throw new InputError({ where, got: `axis ${wrong} of [${shape}]`, want: 'an axis of size 1' });
}

export const unsqueeze: Folder = ({ node, knownAt }) => {
  const x = knownAt(0);
  return inShape(x, unsqueezed(x.shape, axesOf(node, 1, () => knownAt(1)) ?? [], node.name), node.name);
};

/** The shape with new axes of size 1, whose places are those of the result. */
export function unsqueezed(shape: readonly Dim[], axes: readonly number[], where: string): readonly Dim[] {
  const rank = shape.length + axes.length;
  const added = new Set(sortedAxes(axes, rank, where));
  const rest = shape[Symbol.iterator]();
  return Array.from({ length: rank }, (_, axis): Dim => (added.has(axis) ? 1 : (rest.next().value ?? 1)));
}

export const flatten: Folder = ({ node, knownAt }) => {
  const x = knownAt(0);
  const axis = numberOf(node, 'axis', 1);
  const cut = axis === x.shape.length ? axis : normaliseAxis(axis, x.shape.length, node.name);
  return inShape(x, [countElements(x.shape.slice(0, cut)), countElements(x.shape.slice(cut))], node.name);
};

export const transpose: Folder = (folding: Folding) => {
  const { node, knownAt } = folding;
  const x = knownAt(0);
  const axes = x.shape.map((_, axis) => axis);
  const permutation = listOf(node, 'perm') ?? axes.toReversed();
  const sorted = [...permutation].sort((a, b) => a - b);
  if (sorted.length !== axes.length || sorted.some((axis, place) => axis !== place)) {
    throw new InputError({
      where: node.name,
      got: `perm [${permutation}]`,
      want: `the axes of [${x.shape}], each once`,
    });
  }
  const steps = stridesOf(x.shape);
  const shape = permutation.map((axis) => x.shape[axis]);
  return selectElements(folding, x, shape, (place) =>
    permutation.reduce((at, axis, to) => at + place[to] * steps[axis], 0),
  );
};
