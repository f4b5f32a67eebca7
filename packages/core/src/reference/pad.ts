import { countElements, stridesOf } from '../tensor/shape.js';
import { entryError } from './bounds.js';
import type { OpReference } from './op-reference.js';

/**
 * The input within a larger tensor of `value`, rounded to float32 as devices hold it. Exact; values (NaN too) and
 * tolerances pass. What is added is a number that enters the network, as inputs and weights do.
 */
export const pad: OpReference<'pad'> = ([x], { before, value: given }, { shape, bounds }) => {
  const around = Math.fround(given);
  const strides = stridesOf(shape);
  const value = new Float64Array(countElements(shape)).fill(around);
  const tolerance = new Float64Array(value.length).fill(entryError(around, bounds));
  for (let i = 0; i < x.value.length; i++) {
    let rest = i;
    let to = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      to += ((rest % x.shape[axis]) + before[axis]) * strides[axis];
      rest = Math.floor(rest / x.shape[axis]);
    }
    value[to] = x.value[i];
    tolerance[to] = x.tolerance[i];
  }
  return { shape, value, tolerance };
};
