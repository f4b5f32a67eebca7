import { describeNode, type Shape } from '@strata/core';
import { aroundAxis, outputShape } from '../kernels/shapes.js';
import { int, quotient } from '../kernels/source.js';
import type { Lowering, PlanWriter, Value } from '../kernels/types.js';

/** Copies the inputs after one another; in several kernels where there are more inputs than one may read. */
export const concat: Lowering<'concat'> = (node, plan) => {
  const rank = outputShape(node, plan).length;
  const axis = node.attributes.axis < 0 ? node.attributes.axis + rank : node.attributes.axis;
  return joinAll(describeNode(node), node.inputs.map(plan.value), axis, plan);
};

function joinAll(where: string, inputs: readonly Value[], axis: number, plan: PlanWriter): Value {
  const [first] = inputs;
  if (inputs.length === 1) return first;
  const most = plan.style.reads;
  const groups = Array.from({ length: Math.ceil(inputs.length / most) }, (_, i) =>
    inputs.slice(i * most, (i + 1) * most),
  );
  if (groups.length === 1) return join(where, inputs, axis, plan);
  return joinAll(
    where,
    groups.map((group) => joinAll(where, group, axis, plan)),
    axis,
    plan,
  );
}

function join(where: string, inputs: readonly Value[], axis: number, plan: PlanWriter): Value {
  const lengths = inputs.map(({ shape }) => shape[axis]);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const shape: Shape = inputs[0].shape.map((size, i) => (i === axis ? total : size));
  const { outer, inner } = aroundAxis(shape, axis);
  const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
  return plan.call(where, {
    shape,
    extent: { planes: outer * total, rows: 1, columns: inner },
    reads: Object.fromEntries(inputs.map((input, i) => [`x${i}`, input])),
    body: (names) => `
      ${int('n', outer === 1 ? '0' : quotient('plane', total))}
      ${int('along', `plane - n * ${total}`)}
      let copied = 0.0;
      ${lengths
        .map((length, i) => {
          const copy = `copied = ${names[`x${i}`]}[(n * ${length} + along - ${starts[i]}) * ${inner} + pixel];`;
          if (i === lengths.length - 1) return `{ ${copy} }`;
          return `if (along < ${starts[i] + length}) { ${copy} }`;
        })
        .join(' else ')}
      return copied;`,
  });
}
