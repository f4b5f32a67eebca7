import { countElements } from '@strata/core';
import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';

/** The most axes that every device's kernel turns. */
const mostAxes = 4;

/**
 * The tensor with its axes in another order, then under `shape`. Axes that stay neighbours are turned as one, and those of
 * one element not at all; where more than four are left, one after another is brought to its place.
 */
export function turnAxes(x: Tensor, order: readonly number[], shape: readonly number[]): Tensor {
  const { sizes, permutation } = joinAxes(x.shape, order);
  const turned =
    sizes.length <= mostAxes
      ? transpose(reshape(x, [...sizes]), [...permutation])
      : turnOneByOne(x, sizes, permutation);
  return reshape(turned, [...shape]);
}

interface Turning {
  readonly sizes: readonly number[];
  readonly permutation: readonly number[];
}

function joinAxes(shape: readonly number[], order: readonly number[]): Turning {
  const groups: number[][] = [];
  for (const axis of order.filter((from) => shape[from] !== 1)) {
    const group = groups.at(-1);
    const follows = group !== undefined && shape.slice(group[group.length - 1] + 1, axis).every((size) => size === 1);
    if (follows && axis > group[group.length - 1]) group.push(axis);
    else groups.push([axis]);
  }
  const inOrder = [...groups].sort(([a], [b]) => a - b);
  return {
    sizes: inOrder.map((group) => countElements(group.map((axis) => shape[axis]))),
    permutation: groups.map((group) => inOrder.indexOf(group)),
  };
}

function turnOneByOne(x: Tensor, sizes: readonly number[], permutation: readonly number[]): Tensor {
  const axes = sizes.map((_, axis) => axis);
  const count = (part: readonly number[]) => countElements(part.map((axis) => sizes[axis]));
  let turned = x;
  for (const [place, axis] of permutation.entries()) {
    const at = axes.indexOf(axis);
    if (at === place) continue;
    const [before, between, behind] = [axes.slice(0, place), axes.slice(place, at), axes.slice(at + 1)];
    const view = reshape(turned, [count(before), count(between), sizes[axis], count(behind)]);
    turned = transpose(view, [0, 2, 1, 3]);
    axes.splice(at, 1);
    axes.splice(place, 0, axis);
  }
  return turned;
}
