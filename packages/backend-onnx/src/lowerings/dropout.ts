import type { Lowering } from './types.js';

/** Nothing to do at inference. ONNX Runtime removes the Identity unless it is an output. */
export const lowerDropout: Lowering<'dropout'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Identity', inputs);
};
