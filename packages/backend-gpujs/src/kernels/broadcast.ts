import { describeNode, type Shape, sameShape, stridesOf } from '@strata/core';
import { extentOf, outputShape, productOfSizes } from './shapes.js';
import { int, quotient } from './source.js';
import type { Lowering } from './types.js';

/** `a OPERATOR b` of two values; where one repeats, each thread finds its element axis by axis. */
export function broadcasted<K extends 'add' | 'mul'>(operator: '+' | '*'): Lowering<K> {
  return (node, plan) => {
    const [a, b] = node.inputs.map(plan.value);
    const shape = outputShape(node, plan);
    if (sameShape(a.shape, b.shape)) {
      return plan.call(describeNode(node), {
        shape,
        extent: extentOf(shape),
        reads: { a, b },
        body: (names) => `return ${names.a}[at] ${operator} ${names.b}[at];`,
      });
    }
    const axes = joinAxes(shape, stepsOf(a.shape, shape), stepsOf(b.shape, shape));
    const outer = axes.slice(0, -1);
    const [last] = axes.slice(-1);
    return plan.call(describeNode(node), {
      shape,
      extent: { planes: productOfSizes(outer.map(({ size }) => size)), rows: 1, columns: last.size },
      reads: { a, b },
      body: (names) => `
      ${int('rest', 'plane')}
      ${int('next', '0')}
      ${int('inA', `pixel * ${last.inA}`)}
      ${int('inB', `pixel * ${last.inB}`)}
      ${[...outer]
        .reverse()
        .map(
          ({ size, inA, inB }) => `
            next = ${quotient('rest', size)};
            rest -= next * ${size};
            inA += rest * ${inA};
            inB += rest * ${inB};
            rest = next;`,
        )
        .join('')}
      return ${names.a}[inA] ${operator} ${names.b}[inB];`,
    });
  };
}

/** An output axis, and how far each input moves for one step along it. */
interface SharedAxis {
  readonly size: number;
  readonly inA: number;
  readonly inB: number;
}

/** Elements an input moves for one step along each output axis: none where it repeats. */
function stepsOf(input: Shape, output: Shape): number[] {
  const strides = stridesOf(input);
  const missing = output.length - input.length;
  return output.map((_, axis) => (axis < missing || input[axis - missing] === 1 ? 0 : strides[axis - missing]));
}

/** Leaves out axes of one element, and joins neighbours along which both inputs move on without a jump. */
function joinAxes(shape: Shape, inA: readonly number[], inB: readonly number[]): SharedAxis[] {
  const joined: SharedAxis[] = [];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const next = { size, inA: inA[axis], inB: inB[axis] };
    const outer = joined.at(-1);
    const continues = outer !== undefined && outer.inA === size * next.inA && outer.inB === size * next.inB;
    if (continues) joined[joined.length - 1] = { ...next, size: outer.size * size };
    else joined.push(next);
  }
  return joined.length === 0 ? [{ size: 1, inA: 0, inB: 0 }] : joined;
}
