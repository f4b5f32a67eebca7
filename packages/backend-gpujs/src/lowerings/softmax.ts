import { describeNode } from '@strata/core';
import { aroundAxis } from '../kernels/shapes.js';
import { int, loop } from '../kernels/source.js';
import type { Lowering, Value } from '../kernels/types.js';

/** Largest element, sum of exponentials of the distances to it, then the quotient: three kernels. */
export const softmax: Lowering<'softmax'> = (node, plan) => {
  const where = describeNode(node);
  const x = plan.value(node.inputs[0]);
  const { outer, length, inner } = aroundAxis(x.shape, node.attributes.axis);
  const perRow = { shape: [outer, inner], extent: { planes: outer, rows: 1, columns: inner } };
  const start = int('cell', `plane * ${length * inner} + pixel`);
  const largest: Value = plan.call(where, {
    ...perRow,
    reads: { x },
    body: (names) => `
      ${start}
      let largest = ${names.x}[cell];
      ${loop('i', length, `largest = Math.max(largest, ${names.x}[cell]); cell += ${inner};`)}
      return largest;`,
  });
  const total: Value = plan.call(where, {
    ...perRow,
    reads: { x, largest },
    body: (names) => `
      ${start}
      let total = 0.0;
      ${loop('i', length, `total += Math.exp(${names.x}[cell] - ${names.largest}[at]); cell += ${inner};`)}
      return total;`,
  });
  return plan.call(where, {
    shape: x.shape,
    extent: { planes: outer, rows: length, columns: inner },
    reads: { x, largest, total },
    body: (names) => `
      ${int('statistics', `plane * ${inner} + column`)}
      return Math.exp(${names.x}[at] - ${names.largest}[statistics]) / ${names.total}[statistics];`,
  });
};
