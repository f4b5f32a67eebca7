import { int } from '../model/attributes.js';
import type { Lowering } from './types.js';

/** Flatten-13. */
export const lowerFlatten: Lowering<'flatten'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Flatten', inputs, { axis: int(attributes.axis) });
};
