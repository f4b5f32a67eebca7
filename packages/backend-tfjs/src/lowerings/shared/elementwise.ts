import { reshape, type Tensor } from '@tensorflow/tfjs-core';

/** `apply` on each element. Kernels of tfjs know up to four axes on every device, so more are seen as one. */
export function elementwise(x: Tensor, apply: (x: Tensor) => Tensor): Tensor {
  return x.rank <= 4 ? apply(x) : reshape(apply(reshape(x, [x.size])), x.shape);
}
