import { int } from '../model/attributes.js';
import type { Lowering } from './types.js';

/** Concat-13. */
export const lowerConcat: Lowering<'concat'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Concat', inputs, { axis: int(attributes.axis) });
};
