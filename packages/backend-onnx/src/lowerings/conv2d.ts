import type { Padding, SymbolicShape } from '@strata/core';
import { type Operator, operatorTable } from '@strata/formats/onnx';
import { emitPad } from './padding/emit-pad.js';
import { noPadding } from './padding/pool-padding.js';

/** Padding that WebGPU's kernel would overlook is added beforehand. */
export const conv2d: Operator<'conv2d'> = (node, emitter) => {
  const { name, inputs, attributes } = node;
  const [x, weight, ...bias] = inputs;
  const { padding } = attributes;
  if (!isOverlooked(padding, emitter.shapeOf(weight))) {
    operatorTable.conv2d(node, emitter);
    return;
  }
  const padded = emitPad({ name, what: 'padded', x, padding, value: 0 }, emitter);
  const unpadded = { ...attributes, padding: noPadding };
  operatorTable.conv2d({ ...node, inputs: [padded, weight, ...bias], attributes: unpadded }, emitter);
};

/**
 * ONNX Runtime's WebGPU takes a 1 × 1 convolution for a matrix product when there is no padding before the picture,
 * and ignores the padding after it.
 */
function isOverlooked([top, left, bottom, right]: Padding, [, , rows, columns]: SymbolicShape): boolean {
  return rows === 1 && columns === 1 && top === 0 && left === 0 && bottom + right > 0;
}
