import { type ComputeKind, describeNode, inferNode, type NodeOf, type Shape, toConcrete } from '@strata/core';
import type { Extent } from './grid.js';
import type { PlanWriter } from './types.js';

/** The output shape of a node of the plan. */
export function outputShape<K extends ComputeKind>(node: NodeOf<K>, plan: PlanWriter): Shape {
  const inputs = node.inputs.map((name) => plan.value(name).shape);
  return toConcrete(inferNode(node, inputs), describeNode(node));
}

/** Rows of this many elements suit every grid. */
const LONG_ROW = 2 ** 18;

/** Threads for an op that treats all elements alike: the last axes in the rows, the others in the planes. */
export function extentOf(shape: Shape): Extent {
  let columns = 1;
  let axis = shape.length;
  while (axis > 0 && columns * shape[axis - 1] <= LONG_ROW) {
    axis -= 1;
    columns *= shape[axis];
  }
  return { planes: productOfSizes(shape.slice(0, axis)), rows: 1, columns };
}

export function productOfSizes(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** A tensor seen from one axis: what lies outside it, its length, what lies inside it. */
export function aroundAxis(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  const found = axis < 0 ? axis + shape.length : axis;
  return {
    outer: productOfSizes(shape.slice(0, found)),
    length: shape[found],
    inner: productOfSizes(shape.slice(found + 1)),
  };
}
