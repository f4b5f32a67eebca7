import type { Lowering } from './types.js';

/** Relu-14. */
export const lowerRelu: Lowering<'relu'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Relu', inputs);
};
