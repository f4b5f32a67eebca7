import type { Operator } from './types.js';

/** Sigmoid-13. */
export const sigmoid: Operator<'sigmoid'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Sigmoid', inputs);
};
