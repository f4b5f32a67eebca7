import { int, ints } from '../model/attributes.js';
import type { Emitter } from '../model/emitter.js';
import { emitPad } from './pad.js';
import { fitsPool, paddingForFloor, trimPadding } from './pool-padding.js';
import type { Lowering } from './types.js';

/**
 * AveragePool-19, without its ceil mode, as max pools. ONNX Runtime's kernel refuses padding of a window or more, and
 * counts all padding or none; otherwise it is the average of the picture in zeros, divided by the average of a mask that
 * is 1 where a pixel counts.
 */
export const lowerAvgPool2d: Lowering<'avgPool2d'> = ({ name, inputs: [x], attributes }, emitter) => {
  const { window, stride, dilation, countPadding } = attributes;
  const settings = { kernel_shape: ints(window), strides: ints(stride), dilations: ints(dilation) };
  const padding = countPadding ? attributes.padding : trimPadding(attributes);
  const all = paddingForFloor({ ...attributes, padding });
  // Ceil rounding's overhang is no padding: it never counts.
  const alike = !countPadding || all.every((side, index) => side === padding[index]);
  if (alike && fitsPool(all, window)) {
    const counts = int(countPadding ? 1 : 0);
    emitter.emit(name, 'AveragePool', [x], { ...settings, pads: ints(all), count_include_pad: counts });
    return;
  }
  const padded = emitPad({ name, what: 'padded', x, padding: all, value: 0 }, emitter);
  const mean = emitter.emit(emitter.fresh(name, 'mean'), 'AveragePool', [padded], settings);
  const counted = all.map((side, index) => (countPadding ? Math.min(side, padding[index]) : 0));
  const mask = emitMask(name, x, all, counted, emitter);
  const share = emitter.emit(emitter.fresh(name, 'share'), 'AveragePool', [mask], settings);
  emitter.emit(name, 'Div', [mean, share]);
};

/**
 * [batch, channels, padded height, padded width]: 1 for pixels, and for padding that is `counted`; 0 for the rest of
 * `all`. The ones are the pixels themselves, clipped from 1 to 1: an Expand to the picture's shape would need that shape
 * at run time, for whose arithmetic WebGPU has no kernels.
 */
function emitMask(
  name: string,
  x: string,
  all: readonly number[],
  counted: readonly number[],
  emitter: Emitter,
): string {
  const one = emitter.floats(name, 'one', [1]);
  const ones = emitter.emit(emitter.fresh(name, 'ones'), 'Clip', [x, one, one]);
  const counting = emitPad({ name, what: 'counting', x: ones, padding: counted, value: 1 }, emitter);
  const rest = all.map((side, index) => side - counted[index]);
  return emitPad({ name, what: 'mask', x: counting, padding: rest, value: 0 }, emitter);
}
