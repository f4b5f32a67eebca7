import { int } from '../model/attributes.js';
import type { Lowering } from './types.js';

/** Softmax-13: along one axis, where older sets flattened the rest. */
export const lowerSoftmax: Lowering<'softmax'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'Softmax', inputs, { axis: int(attributes.axis) });
};
