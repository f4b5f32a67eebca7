import { DeviceError, formatShape } from '@strata/core';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** The tensor, known to the type checker to have one axis. */
export function rank1(tensor: Tensor): Tensor1D {
  return has(tensor, 1) ? tensor : refuse(tensor, 1);
}

/** The tensor, known to the type checker to have two axes. */
export function rank2(tensor: Tensor): Tensor2D {
  return has(tensor, 2) ? tensor : refuse(tensor, 2);
}

/** The tensor, known to the type checker to have four axes. */
export function rank4(tensor: Tensor): Tensor4D {
  return has(tensor, 4) ? tensor : refuse(tensor, 4);
}

interface ByRank {
  1: Tensor1D;
  2: Tensor2D;
  4: Tensor4D;
}

function has<R extends keyof ByRank>(tensor: Tensor, rank: R): tensor is ByRank[R] {
  return tensor.rank === rank;
}

function refuse(tensor: Tensor, rank: number): never {
  throw new DeviceError({ where: 'tfjs', got: `a value ${formatShape(tensor.shape)}`, want: `${rank} axes` });
}
