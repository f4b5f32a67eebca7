import { type Operator, operatorTable } from '@strata/formats/onnx';

/**
 * For what the fold into a convolution left standing. ONNX Runtime's WebGPU takes the channels of [batch, channels] for
 * one when there are two or four of them: those get an axis of one pixel.
 */
export const batchNorm: Operator<'batchNorm'> = (node, emitter) => {
  const { name, inputs } = node;
  const [x, ...statistics] = inputs;
  if (emitter.shapeOf(x).length > 2) {
    operatorTable.batchNorm(node, emitter);
    return;
  }
  const axes = emitter.ints(name, 'axes', [2]);
  const pixels = emitter.emit(emitter.fresh(name, 'pixels'), 'Unsqueeze', [x, axes]);
  const normed = emitter.fresh(name, 'normed');
  operatorTable.batchNorm({ ...node, name: normed, inputs: [pixels, ...statistics] }, emitter);
  emitter.emit(name, 'Squeeze', [normed, axes]);
};
