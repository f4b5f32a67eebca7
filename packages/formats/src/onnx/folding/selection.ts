import { InputError, normaliseAxis, stridesOf } from '@strata/core';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { OnnxNode } from '../reading/types.js';
import { axesOf } from './axes.js';
import { type Known, knownSizes, numbersOf } from './known.js';
import { selectElements } from './select.js';
import type { Folder } from './types.js';

/** ONNX Gather: the axis is replaced by the axes of the indices, which count from the end where they are negative. */
export const gather: Folder = (folding) => {
  const { node, knownAt } = folding;
  const x = knownAt(0);
  const axis = normaliseAxis(numberOf(node, 'axis', 0), x.shape.length, node.name);
  const size = x.shape[axis];
  const { shape: own, ...indices } = knownAt(1);
  const places = numbersOf(indices.sizes(), node.name).map((index) =>
    normaliseAxis(index, size, `${node.name}: index`),
  );
  const steps = stridesOf(x.shape);
  const within = stridesOf(own);
  const shape = [...x.shape.slice(0, axis), ...own, ...x.shape.slice(axis + 1)];
  return selectElements(folding, x, shape, (place) => {
    let at = 0;
    for (let before = 0; before < axis; before++) at += place[before] * steps[before];
    let index = 0;
    for (let inner = 0; inner < own.length; inner++) index += place[axis + inner] * within[inner];
    at += places[index] * steps[axis];
    for (let after = axis + 1; after < steps.length; after++) at += place[after - 1 + own.length] * steps[after];
    return at;
  });
};

/** What a Slice takes of one axis. */
export interface Range {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The ranges of a Slice, as attributes before opset 10 and as inputs since. */
export function rangesOf(node: OnnxNode, rank: number, knownAt: (position: number) => Known): readonly Range[] {
  const listAt = (position: number, key: string) =>
    hasInput(node, position) ? numbersOf(knownAt(position).sizes(), node.name) : listOf(node, key);
  const starts = listAt(1, 'starts') ?? [];
  const ends = listAt(2, 'ends') ?? [];
  const axes = node.opset < 10 ? listOf(node, 'axes') : axesOf(node, 3, () => knownAt(3));
  const steps = node.opset < 10 ? undefined : listAt(4, 'steps');
  return starts.map((start, place) => {
    const step = steps?.[place] ?? 1;
    if (step < 1) throw new InputError({ where: node.name, got: `step ${step}`, want: '1 or more' });
    const axis = normaliseAxis(axes?.[place] ?? place, rank, node.name);
    return { axis, start, end: ends[place] ?? Number.MAX_SAFE_INTEGER, step };
  });
}

export const slice: Folder = (folding) => {
  const { node, knownAt } = folding;
  const x = knownAt(0);
  const first = x.shape.map(() => 0);
  const by = x.shape.map(() => 1);
  const shape = [...x.shape];
  for (const { axis, start, end, step } of rangesOf(node, x.shape.length, knownAt)) {
    const size = x.shape[axis];
    const [from, to] = [start, end].map((place) => Math.min(Math.max(place < 0 ? place + size : place, 0), size));
    first[axis] = from;
    by[axis] = step;
    shape[axis] = Math.max(0, Math.ceil((to - from) / step));
  }
  const steps = stridesOf(x.shape);
  return selectElements(folding, x, shape, (place) =>
    place.reduce((at, index, axis) => at + (first[axis] + index * by[axis]) * steps[axis], 0),
  );
};

/** Of sizes in a row, as exporters join them to the target of a Reshape. Floats are joined by a layer. */
export const concat: Folder = ({ node, knownAt, charge }) => {
  const parts = node.inputs.map((_, position) => knownAt(position));
  if (parts.some(({ kind, shape }) => kind !== 'sizes' || shape.length !== 1)) return undefined;
  const count = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  charge(count);
  return knownSizes([count], () => parts.flatMap((part) => part.sizes()), node.name);
};
