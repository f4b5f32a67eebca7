import type { Operator } from './types.js';

/** Mul-14. */
export const mul: Operator<'mul'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Mul', inputs);
};
