import { TO_THE_END } from '../reading/slicing.js';
import type { Operator } from './types.js';

/** Slice-13 along one axis. */
export const slice: Operator<'slice'> = ({ name, inputs: [x], attributes }, emitter) => {
  const { axis, start, end = TO_THE_END, step } = attributes;
  const [starts, ends, axes, steps] = (
    [
      ['starts', start],
      ['ends', end],
      ['axes', axis],
      ['steps', step],
    ] as const
  ).map(([what, value]) => emitter.ints(name, what, [value]));
  emitter.emit(name, 'Slice', [x, starts, ends, axes, steps]);
};
