import type { Operator } from './types.js';

/** GlobalAveragePool-1. */
export const globalAvgPool: Operator<'globalAvgPool'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'GlobalAveragePool', inputs);
};
