import { countElements, normaliseAxis } from '../tensor/shape.js';
import type { OpReference } from './op-reference.js';

/** The inputs one after another along `axis`. Exact; values (NaN too) and tolerances pass. */
export const concat: OpReference<'concat'> = (inputs, { axis }, { shape }) => {
  const along = normaliseAxis(axis, shape.length, 'concat');
  const outer = countElements(shape.slice(0, along));
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  let at = 0;
  for (let block = 0; block < outer; block++) {
    for (const input of inputs) {
      const length = countElements(input.shape.slice(along));
      value.set(input.value.subarray(block * length, (block + 1) * length), at);
      tolerance.set(input.tolerance.subarray(block * length, (block + 1) * length), at);
      at += length;
    }
  }
  return { shape, value, tolerance };
};
