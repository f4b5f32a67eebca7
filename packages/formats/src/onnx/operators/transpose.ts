import { ints } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** Transpose-13. */
export const transpose: Operator<'transpose'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Transpose', inputs, { perm: ints(attributes.permutation) });
};
