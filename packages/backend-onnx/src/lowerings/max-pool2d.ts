import { ints } from '../model/attributes.js';
import { emitPad } from './pad.js';
import { fitsPool, paddingForFloor, trimPadding } from './pool-padding.js';
import type { Lowering } from './types.js';

/**
 * MaxPool-12, without its ceil mode: shape inference counts a window that starts in the padding, the kernel does not.
 * Padding that the kernel refuses is put on before, as minus infinity.
 */
export const lowerMaxPool2d: Lowering<'maxPool2d'> = ({ name, inputs: [x], attributes }, emitter) => {
  const { window, stride, dilation } = attributes;
  const settings = { kernel_shape: ints(window), strides: ints(stride), dilations: ints(dilation) };
  const padding = paddingForFloor({ ...attributes, padding: trimPadding(attributes) });
  if (fitsPool(padding, window)) {
    emitter.emit(name, 'MaxPool', [x], { ...settings, pads: ints(padding) });
    return;
  }
  const request = { name, what: 'padded', x, padding };
  const padded = emitPad({ ...request, value: Number.NEGATIVE_INFINITY }, emitter);
  emitter.emit(name, 'MaxPool', [padded], settings);
};
