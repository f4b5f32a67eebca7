import { float } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** BatchNormalization-15. */
export const batchNorm: Operator<'batchNorm'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'BatchNormalization', inputs, { epsilon: float(attributes.epsilon) });
};
