import { int } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** Softmax-13: along one axis, where older sets flattened the rest. */
export const softmax: Operator<'softmax'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Softmax', inputs, { axis: int(attributes.axis) });
};
