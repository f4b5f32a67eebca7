import type { Operator } from './types.js';

/** Reshape-19, whose 0 copies an axis, too. */
export const reshape: Operator<'reshape'> = ({ name, inputs: [x], attributes }, emitter) => {
  emitter.emit(name, 'Reshape', [x, emitter.ints(name, 'shape', attributes.shape)]);
};
