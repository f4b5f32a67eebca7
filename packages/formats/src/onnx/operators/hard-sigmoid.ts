import { float } from '../encoding/attributes.js';
import type { Operator } from './types.js';

/** HardSigmoid-6. */
export const hardSigmoid: Operator<'hardSigmoid'> = ({ name, inputs, attributes: { alpha, beta } }, emitter) => {
  emitter.emit(name, 'HardSigmoid', inputs, { alpha: float(alpha), beta: float(beta) });
};
