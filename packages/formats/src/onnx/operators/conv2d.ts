import { emitActivated } from '../encoding/activation.js';
import { int } from '../encoding/attributes.js';
import { windowAttributes } from '../encoding/window-attributes.js';
import type { Operator } from './types.js';

/** Conv-11. The window is the weights' own. */
export const conv2d: Operator<'conv2d'> = ({ name, inputs, attributes }, emitter) => {
  emitActivated(name, attributes.activation, emitter, (output) => {
    emitter.emit(output, 'Conv', inputs, { ...windowAttributes(attributes), group: int(attributes.groups) });
  });
};
