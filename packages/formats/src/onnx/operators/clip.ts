import type { Operator } from './types.js';

/** Clip-13: bounds are scalar inputs, and an absent one before a present one has the empty name. */
export const clip: Operator<'clip'> = ({ name, inputs, attributes: { min, max } }, emitter) => {
  const low = min === undefined ? '' : emitter.floats(name, 'min', [min]);
  const high = max === undefined ? '' : emitter.floats(name, 'max', [max]);
  const bounds = high === '' ? [low].filter((bound) => bound !== '') : [low, high];
  emitter.emit(name, 'Clip', [...inputs, ...bounds]);
};
