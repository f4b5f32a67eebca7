import type { Operator } from './types.js';

/** Relu-14. */
export const relu: Operator<'relu'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Relu', inputs);
};
