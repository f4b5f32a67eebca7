import { openUnspecified } from './judged.js';
import type { OpReference } from './op-reference.js';

/** y = |x|. Exact; ||a| − |b|| ≤ |a − b|, so the input's tolerance is the output's. */
export const abs: OpReference<'abs'> = ([x]) => {
  const y = { shape: x.shape, value: x.value.map(Math.abs), tolerance: Float64Array.from(x.tolerance) };
  openUnspecified(y);
  return y;
};
