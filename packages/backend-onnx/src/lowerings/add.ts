import type { Lowering } from './types.js';

/** Add-14. */
export const lowerAdd: Lowering<'add'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Add', inputs);
};
