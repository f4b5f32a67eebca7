import { float, int } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** LRN-13. */
export const lrn: Operator<'lrn'> = ({ name, inputs, attributes: { size, alpha, beta, k } }, emitter) => {
  emitter.emit(name, 'LRN', inputs, { size: int(size), alpha: float(alpha), beta: float(beta), bias: float(k) });
};
