import { describeNode, stridesOf } from '@strata/core';
import { outputShape } from '../kernels/shapes.js';
import { int } from '../kernels/source.js';
import type { Lowering } from '../kernels/types.js';
import { walkAxes } from '../kernels/walk.js';

/** Each thread finds the element it copies axis by axis; axes that stay neighbours are one. */
export const transpose: Lowering<'transpose'> = (node, plan) => {
  const x = plan.value(node.inputs[0]);
  const shape = outputShape(node, plan);
  const axes = joinAxes(x.shape, node.attributes.permutation);
  const { extent, text } = walkAxes(
    axes.map(({ size }) => size),
    (axis) => `from += place * ${axes[axis].step};`,
  );
  return plan.call(describeNode(node), {
    shape,
    extent,
    reads: { x },
    body: (names) => `
      ${int('from', '0')}
      ${text}
      return ${names.x}[from];`,
  });
};

/** An axis of the output, and how many elements of the input one step along it is. */
interface TurnedAxis {
  readonly size: number;
  readonly step: number;
}

function joinAxes(shape: readonly number[], permutation: readonly number[]): TurnedAxis[] {
  const strides = stridesOf(shape);
  const joined: TurnedAxis[] = [];
  for (const axis of permutation.filter((from) => shape[from] !== 1)) {
    const [size, step] = [shape[axis], strides[axis]];
    const outer = joined.at(-1);
    if (outer?.step === size * step) joined[joined.length - 1] = { size: outer.size * size, step };
    else joined.push({ size, step });
  }
  return joined;
}
