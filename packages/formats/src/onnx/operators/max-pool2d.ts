import { poolAttributes } from '../encoding/window-attributes.js';
import type { Operator } from './types.js';

/** MaxPool-12. */
export const maxPool2d: Operator<'maxPool2d'> = ({ name, inputs, attributes }, emitter) => {
  emitter.emit(name, 'MaxPool', inputs, poolAttributes(attributes));
};
