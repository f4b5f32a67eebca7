import { float } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** LeakyRelu-16. */
export const leakyRelu: Operator<'leakyRelu'> = ({ name, inputs, attributes: { alpha } }, emitter) => {
  emitter.emit(name, 'LeakyRelu', inputs, { alpha: float(alpha) });
};
