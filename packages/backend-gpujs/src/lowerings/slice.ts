import { describeNode, placesOf } from '@strata/core';
import { aroundAxis, outputShape } from '../kernels/shapes.js';
import { int } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';
import { walkAxes } from '../kernels/walk.js';

/** Copies the places that are taken; each thread finds its own around the axis. */
export const slice: Lowering<'slice'> = (node, plan) => {
  const { attributes } = node;
  const x = plan.value(node.inputs[0]);
  const { outer, length, inner } = aroundAxis(x.shape, attributes.axis);
  const { first, count } = placesOf(attributes, length);
  const steps = [length * inner, attributes.step * inner, 1];
  const { extent, text } = walkAxes([outer, count, inner], (axis) => `from += place * ${steps[axis]};`);
  return plan.call(describeNode(node), {
    shape: outputShape(node, plan),
    extent,
    reads: { x },
    body: (names) => `
      ${int('from', `${first * inner}`)}
      ${text}
      return ${names.x}[from];`,
  });
};
