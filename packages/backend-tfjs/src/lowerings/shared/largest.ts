import { less, mul, type Tensor4D, where } from '@tensorflow/tfjs-core';

/**
 * The largest of some numbers by a kernel that may start from −10²⁰ or from the lowest finite number, and so never gives
 * less: below −1 the result is that of x·2⁻⁶⁴, enlarged again, which is exact for numbers of that size and makes minus
 * infinity of either start.
 */
export function largestOf(x: Tensor4D, kernel: (x: Tensor4D) => Tensor4D): Tensor4D {
  const largest = kernel(x);
  const low = mul<Tensor4D>(kernel(mul(x, 2 ** -64)), 2 ** 64);
  return where(less(largest, -1), low, largest);
}
