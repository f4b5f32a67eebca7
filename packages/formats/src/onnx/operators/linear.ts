import { emitActivated } from '../encoding/activation.js';
import { int } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** Gemm-13 with the weights transposed: ours are [out, in]. */
export const linear: Operator<'linear'> = ({ name, inputs, attributes }, emitter) => {
  emitActivated(name, attributes.activation, emitter, (output) => {
    emitter.emit(output, 'Gemm', inputs, { transB: int(1) });
  });
};
