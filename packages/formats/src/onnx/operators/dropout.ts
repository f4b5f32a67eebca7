import type { Operator } from './types.js';

/** Dropout-13: the ratio is an input; without a training mode after it, the node passes its data on. */
export const dropout: Operator<'dropout'> = ({ name, inputs: [x], attributes }, emitter) => {
  emitter.emit(name, 'Dropout', [x, emitter.floats(name, 'ratio', [attributes.rate])]);
};
