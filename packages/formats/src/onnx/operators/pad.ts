import type { Operator } from './types.js';

/** Pad-19 of mode constant, which is its default. */
export const pad: Operator<'pad'> = ({ name, inputs: [x], attributes }, emitter) => {
  const { before, after, value } = attributes;
  emitter.emit(name, 'Pad', [
    x,
    emitter.ints(name, 'pads', [...before, ...after]),
    emitter.floats(name, 'value', [value]),
  ]);
};
