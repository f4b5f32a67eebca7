import type { Padding, SymbolicShape } from '@strata/core';
import { int, ints } from '../model/attributes.js';
import { emitActivation, preActivation } from './activation.js';
import { emitPad } from './pad.js';
import type { Lowering } from './types.js';

/**
 * Conv-11; ONNX pads are [top, left, bottom, right] too. The window is the weights' own. Padding that WebGPU's kernel
 * would overlook is put on before.
 */
export const lowerConv2d: Lowering<'conv2d'> = ({ name, inputs: [x, weight, ...bias], attributes }, emitter) => {
  const { stride, padding, dilation, groups, activation } = attributes;
  const before = preActivation(name, activation, emitter);
  const apart = isOverlooked(padding, emitter.shapeOf(weight));
  const source = apart ? emitPad({ name, what: 'padded', x, padding, value: 0 }, emitter) : x;
  emitter.emit(before, 'Conv', [source, weight, ...bias], {
    strides: ints(stride),
    pads: ints(apart ? [0, 0, 0, 0] : padding),
    dilations: ints(dilation),
    group: int(groups),
  });
  emitActivation(name, before, activation, emitter);
};

/**
 * ONNX Runtime's WebGPU takes a 1 × 1 convolution for a matrix product when there is no padding before the picture,
 * without a look at the padding after it.
 */
function isOverlooked([top, left, bottom, right]: Padding, [, , rows, columns]: SymbolicShape): boolean {
  return rows === 1 && columns === 1 && top === 0 && left === 0 && bottom + right > 0;
}
