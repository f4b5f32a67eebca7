import type { Lowering } from './types.js';

/** GlobalAveragePool-1. */
export const lowerGlobalAvgPool: Lowering<'globalAvgPool'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'GlobalAveragePool', inputs);
};
