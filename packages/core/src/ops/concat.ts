import { ShapeError } from '../errors.js';
import { type Dim, formatShape, mayEqual, normaliseAxis, sumOf } from '../tensor/shape.js';
import type { Along, OpSpec } from './op-spec.js';

/** Attributes of `concat`. */
export interface ConcatAttributes extends Along {
  /** Axis along which the inputs follow one another; negative counts from the end. */
  readonly axis: number;
}

/** The inputs one after another along `axis`, all other sizes equal. Any rank from 1. ONNX Concat-13. */
export const concatSpec: OpSpec<ConcatAttributes> = {
  inputs: ['x'],
  arity: 'variadic',
  parameters: {},
  takesActivation: false,
  hasAxis: true,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'ofOneInput',
  commutes: ({ axis }) => (axis === 1 ? 'joinsChannels' : 'no'),
  inferShape: (where, { axis }, inputs) => {
    const [first, ...rest] = inputs;
    const along = normaliseAxis(axis, first.length, where);
    for (const [index, other] of rest.entries()) {
      const fits = other.length === first.length && other.every((size, i) => i === along || mayEqual(size, first[i]));
      if (fits) continue;
      throw new ShapeError({
        where,
        got: `input ${index + 1} is ${formatShape(other)}`,
        want: `${formatShape(first)} on every axis but ${along}`,
      });
    }
    return first.map((size, i) => (i === along ? sumOf(inputs.map((input) => input[along])) : firstKnown(i, size)));

    function firstKnown(i: number, size: Dim): Dim {
      return inputs.map((input) => input[i]).find((candidate) => typeof candidate === 'number') ?? size;
    }
  },
  multiplyAdds: () => 0,
};
