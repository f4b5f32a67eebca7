import type { Tensor } from '../tensor/tensor.js';
import { type Agreement, agree } from './agree.js';
import type { Judged } from './judged.js';

/** What a backend gave for a value, and the reference that judges it. */
export interface JudgedResult {
  readonly got: Tensor;
  readonly judged: Judged;
}

/** Two results of one value, each of which may be off: `first` (got) against `second` (want), within the sum of their tolerances. */
export function agreeWithEachOther(first: JudgedResult, second: JudgedResult): Agreement {
  const { shape, tolerance } = first.judged;
  const sum = tolerance.map((own, i) => own + second.judged.tolerance[i]);
  return agree({ shape, value: Float64Array.from(second.got.data), tolerance: sum }, first.got.data);
}
