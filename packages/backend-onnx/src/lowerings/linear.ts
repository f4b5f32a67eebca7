import { int } from '../model/attributes.js';
import { emitActivation, preActivation } from './activation.js';
import type { Lowering } from './types.js';

/** Gemm-13 with the weights transposed: ours are [out, in]. */
export const lowerLinear: Lowering<'linear'> = ({ name, inputs, attributes }, emitter) => {
  const before = preActivation(name, attributes.activation, emitter);
  emitter.emit(before, 'Gemm', inputs, { transB: int(1) });
  emitActivation(name, before, attributes.activation, emitter);
};
