import { int } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** Concat-13. */
export const concat: Operator<'concat'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Concat', inputs, { axis: int(attributes.axis) });
};
