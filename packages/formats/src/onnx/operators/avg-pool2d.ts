import { int } from '../encoding/attributes.js';
import { poolAttributes } from '../encoding/window-attributes.js';
import type { Operator } from './types.js';

/** AveragePool-19. */
export const avgPool2d: Operator<'avgPool2d'> = ({ name, inputs, attributes }, emitter) => {
  const counts = int(attributes.countPadding ? 1 : 0);
  emitter.emit(name, 'AveragePool', inputs, { ...poolAttributes(attributes), count_include_pad: counts });
};
