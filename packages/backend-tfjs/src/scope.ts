import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** The tensor that `make` gives; all others made meanwhile are freed. It outlives any scope that the caller has open. */
export function keepOne(make: () => Tensor): Tensor {
  return tidy(() => keep(make()));
}
