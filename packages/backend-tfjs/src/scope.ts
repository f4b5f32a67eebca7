import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * The tensor that `make` returns; all others made during it are freed. It outlives any scope that the caller has open.
 */
export function keepOne(make: () => Tensor): Tensor {
  return tidy(() => keep(make()));
}
