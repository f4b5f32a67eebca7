import { float } from '../model/attributes.js';
import type { Lowering } from './types.js';

/**
 * BatchNormalization-15, for what the fold into a convolution left standing. ONNX Runtime's WebGPU takes the channels of
 * [batch, channels] for one when there are two or four of them: those get an axis of one pixel.
 */
export const lowerBatchNorm: Lowering<'batchNorm'> = ({ name, inputs, attributes }, emitter) => {
  const [x, ...statistics] = inputs;
  const epsilon = { epsilon: float(attributes.epsilon) };
  if (emitter.shapeOf(x).length > 2) {
    emitter.emit(name, 'BatchNormalization', inputs, epsilon);
    return;
  }
  const axes = emitter.ints(name, 'axes', [2]);
  const pixels = emitter.emit(emitter.fresh(name, 'pixels'), 'Unsqueeze', [x, axes]);
  const normed = emitter.fresh(name, 'normed');
  emitter.emit(normed, 'BatchNormalization', [pixels, ...statistics], epsilon);
  emitter.emit(name, 'Squeeze', [normed, axes]);
};
