import { type Emitter, int, ints, type Operator } from '@strata/formats/onnx';

/**
 * Not ONNX's LRN: ONNX Runtime's CPU kernel refuses even sizes, and slides its sum of squares over the channels (add
 * the next, subtract the last), so that one large channel leaves its rounding error in all that follow: 10⁵ u were seen
 * on data of wide range; WebGPU has no kernel at all. Here the mean square is an average pool along the channels, whose
 * window is cut at the edges while its divisor stays the size, and y = x / (k + alpha · mean)^beta.
 */
export const lrn: Operator<'lrn'> = ({ name, inputs: [x], attributes: { size, alpha, beta, k } }, emitter) => {
  const square = emitter.emit(emitter.fresh(name, 'square'), 'Mul', [x, x]);
  const mean = emitMeanOverChannels(name, square, size, emitter);
  const scaled = emitter.emit(emitter.fresh(name, 'scaled'), 'Mul', [mean, emitter.floats(name, 'alpha', [alpha])]);
  const bracket = emitter.emit(emitter.fresh(name, 'bracket'), 'Add', [scaled, emitter.floats(name, 'k', [k])]);
  emitter.emit(name, 'Div', [x, emitPower(name, bracket, beta, emitter)]);
};

/**
 * [batch, channels, height, width] is turned to [batch, height, channels, width], so that the pool's rows are channels.
 * By Reshape it would need the shape at run time, for whose arithmetic WebGPU has no kernels.
 */
function emitMeanOverChannels(name: string, square: string, size: number, emitter: Emitter): string {
  const before = Math.floor((size - 1) / 2);
  const after = Math.ceil((size - 1) / 2);
  const perm = ints([0, 2, 1, 3]);
  const turned = emitter.emit(emitter.fresh(name, 'turned'), 'Transpose', [square], { perm });
  const pooled = emitter.emit(emitter.fresh(name, 'pooled'), 'AveragePool', [turned], {
    kernel_shape: ints([size, 1]),
    pads: ints([before, 0, after, 0]),
    count_include_pad: int(1),
  });
  return emitter.emit(emitter.fresh(name, 'mean'), 'Transpose', [pooled], { perm });
}

/** s^beta. For the customary 0.75, √s·√√s is right within 3.5 u. */
function emitPower(name: string, base: string, beta: number, emitter: Emitter): string {
  const power = emitter.fresh(name, 'power');
  if (beta !== 0.75) return emitter.emit(power, 'Pow', [base, emitter.floats(name, 'beta', [beta])]);
  const root = emitter.emit(emitter.fresh(name, 'root'), 'Sqrt', [base]);
  return emitter.emit(power, 'Mul', [root, emitter.emit(emitter.fresh(name, 'fourth-root'), 'Sqrt', [root])]);
}
