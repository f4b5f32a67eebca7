import type { Tensor } from '../tensor/tensor.js';

/** Tensors by parameter name. */
export type Weights = Readonly<Record<string, Tensor>>;
