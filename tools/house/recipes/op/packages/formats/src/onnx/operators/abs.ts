import type { Operator } from './types.js';

/** Abs-13. */
export const abs: Operator<'abs'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Abs', inputs);
};
