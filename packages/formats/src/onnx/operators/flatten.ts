import { int } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** Flatten-13. */
export const flatten: Operator<'flatten'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Flatten', inputs, { axis: int(attributes.axis) });
};
