import { placesOf } from '../ops/slice.js';
import { countElements, normaliseAxis } from '../tensor/shape.js';
import type { OpReference } from './op-reference.js';

/** Some places along one axis. Exact; values (NaN too) and tolerances pass. */
export const slice: OpReference<'slice'> = ([x], attributes, { shape }) => {
  const along = normaliseAxis(attributes.axis, shape.length, 'slice');
  const size = x.shape[along];
  const { first, count } = placesOf(attributes, size);
  const outer = countElements(shape.slice(0, along));
  const inner = countElements(shape.slice(along + 1));
  const value = new Float64Array(countElements(shape));
  const tolerance = new Float64Array(value.length);
  for (let block = 0; block < outer; block++) {
    for (let place = 0; place < count; place++) {
      const from = (block * size + first + place * attributes.step) * inner;
      const to = (block * count + place) * inner;
      value.set(x.value.subarray(from, from + inner), to);
      tolerance.set(x.tolerance.subarray(from, from + inner), to);
    }
  }
  return { shape, value, tolerance };
};
