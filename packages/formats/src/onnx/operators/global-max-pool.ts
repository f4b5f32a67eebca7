import type { Operator } from './types.js';

/** GlobalMaxPool-1. */
export const globalMaxPool: Operator<'globalMaxPool'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'GlobalMaxPool', inputs);
};
