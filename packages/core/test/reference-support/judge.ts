import { expect } from 'vitest';
import type { NodeOf } from '../../src/graph/graph.js';
import { inferNode } from '../../src/graph/infer.js';
import type { ComputeKind } from '../../src/ops/index.js';
import {
  agree,
  type Bounds,
  evaluateNode,
  exactly,
  formatDisagreement,
  type Judged,
  type Producer,
} from '../../src/reference/index.js';
import { type Shape, toConcrete } from '../../src/tensor/shape.js';
import { orders, sumInFloat32 } from './float32.js';
import { linearSums, type Sums } from './naive.js';
import { type Fill, fillTensor } from './random.js';

/** Float32 in the plainest way. */
export const direct: Bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' };

/** One node on these inputs, by the reference. */
export function evaluate<K extends ComputeKind>(
  node: NodeOf<K>,
  inputs: readonly Judged[],
  bounds = direct,
  producers?: readonly Producer[],
) {
  const shape = toConcrete(
    inferNode(
      node,
      inputs.map((input) => input.shape),
    ),
    node.name,
  );
  return evaluateNode(node, inputs, producers === undefined ? { shape, bounds } : { shape, bounds, producers });
}

/** An exact tensor of these numbers. */
export const block = (shape: Shape, fill: Fill) => {
  const judged = exactly(fillTensor(shape, fill));
  return { ...judged, data: judged.value };
};

/** Expects all elements within their tolerances; the worst error as a share of its tolerance. */
export function expectAgreement(judged: Judged, got: Float32Array, where: string): number {
  const result = agree(judged, got);
  expect(result.failed, formatDisagreement(result, where)).toBe(0);
  return result.worst;
}

/** Every summing order stays within the tolerance. */
export function expectAllOrders(judged: Judged, sums: Sums, random: () => number, where: string): void {
  for (const [name, order] of Object.entries(orders)) {
    expectAgreement(judged, sumInFloat32(sums, order, random), `${where}, ${name}`);
  }
}

/** [out, in] linear with a bias, over one row. */
export function linearCase(terms: number, fill: Fill, bounds: Bounds) {
  const x = block([1, terms], fill);
  const w = block([2, terms], fill);
  const bias = block([2], fill);
  const node = { name: 'y', op: 'linear', inputs: ['x', 'w', 'b'], attributes: { activation: 'none' } } as const;
  return { judged: evaluate(node, [x, w, bias], bounds), sums: linearSums(x, w, bias) };
}

/** A tolerance more than ten times the worst error seen would judge too little. */
export const LEAST_SHARE = 0.1;
