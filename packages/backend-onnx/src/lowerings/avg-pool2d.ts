import type { AvgPool2dAttributes } from '@strata/core';
import { type Emitter, type Operator, operatorTable } from '@strata/formats/onnx';
import { emitPad } from './padding/emit-pad.js';
import { fitsPool, noPadding, paddingForFloor, trimPadding } from './padding/pool-padding.js';

/**
 * Without ONNX's ceil mode, as max pools. ONNX Runtime's kernel refuses padding of a window or more, and counts all
 * padding or none; otherwise it is the average of the picture in zeros, divided by the average of a mask that is 1
 * where a pixel counts.
 */
export const avgPool2d: Operator<'avgPool2d'> = (node, emitter) => {
  const { name, inputs, attributes } = node;
  const [x] = inputs;
  const { window, countPadding } = attributes;
  const padding = countPadding ? attributes.padding : trimPadding(attributes);
  const all = paddingForFloor({ ...attributes, padding });
  // Ceil rounding's overhang is no padding: it never counts.
  const alike = !countPadding || all.every((side, index) => side === padding[index]);
  if (alike && fitsPool(all, window)) {
    operatorTable.avgPool2d({ ...node, attributes: { ...attributes, padding: all, rounding: 'floor' } }, emitter);
    return;
  }
  const padded = emitPad({ name, what: 'padded', x, padding: all, value: 0 }, emitter);
  const mean = emitMean(emitter.fresh(name, 'mean'), padded, attributes, emitter);
  const counted = all.map((side, index) => (countPadding ? Math.min(side, padding[index]) : 0));
  const mask = emitMask(name, x, all, counted, emitter);
  const share = emitMean(emitter.fresh(name, 'share'), mask, attributes, emitter);
  emitter.emit(name, 'Div', [mean, share]);
};

/** The average over the same windows of `x`, which has all its padding. Returns its name. */
function emitMean(name: string, x: string, attributes: AvgPool2dAttributes, emitter: Emitter): string {
  const pool = { ...attributes, padding: noPadding, rounding: 'floor' as const, countPadding: false };
  operatorTable.avgPool2d({ name, op: 'avgPool2d', inputs: [x], attributes: pool }, emitter);
  return name;
}

/**
 * [batch, channels, padded height, padded width]: 1 for pixels, and for padding that is `counted`; 0 for the rest of
 * `all`. The ones are the pixels themselves, clipped to [1, 1]: an Expand to the picture's shape would need
 * that shape at run time, for whose arithmetic WebGPU has no kernels.
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
