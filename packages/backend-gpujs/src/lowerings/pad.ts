import { describeNode, stridesOf } from '@strata/core';
import { outputShape } from '../kernels/shapes.js';
import { int } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';
import { walkAxes } from '../kernels/walk.js';

/** Each thread copies its element where that lies within the input, and gives the value elsewhere. */
export const pad: Lowering<'pad'> = (node, plan) => {
  const { before, value } = node.attributes;
  const x = plan.value(node.inputs[0]);
  const shape = outputShape(node, plan);
  const strides = stridesOf(x.shape);
  const { extent, text } = walkAxes(shape, (axis) => {
    const move = `from += place * ${strides[axis]};`;
    if (shape[axis] === x.shape[axis]) return move;
    const end = before[axis] + x.shape[axis];
    return `
      if (place < ${before[axis]}) { inside = 0.0; }
      if (place >= ${end}) { inside = 0.0; }
      ${move}`;
  });
  const start = before.reduce((sum, count, axis) => sum + count * strides[axis], 0);
  return plan.call(describeNode(node), {
    shape,
    extent,
    reads: { x },
    constants: { around: Float32Array.of(value) },
    body: (names) => `
      ${int('from', '0')}
      let inside = 1.0;
      ${text}
      let padded = this.constants.around[0];
      if (inside > 0.5) { padded = ${names.x}[from - ${start}]; }
      return padded;`,
  });
};
