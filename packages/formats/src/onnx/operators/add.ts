import type { Operator } from './types.js';

/** Add-14. */
export const add: Operator<'add'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Add', inputs);
};
