import { countElements, stridesOf } from '../tensor/shape.js';
import type { OpReference } from './op-reference.js';

/** The elements with their axes in another order. Exact; values (NaN too) and tolerances pass. */
export const transpose: OpReference<'transpose'> = ([x], { permutation }, { shape }) => {
  const strides = stridesOf(x.shape);
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    let rest = i;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]) * strides[permutation[axis]];
      rest = Math.floor(rest / shape[axis]);
    }
    value[i] = x.value[from];
    tolerance[i] = x.tolerance[from];
  }
  return { shape, value, tolerance };
};
