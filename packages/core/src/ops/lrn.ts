import { ShapeError } from '../errors.js';
import { checkRank, checkWhole, NCHW } from './check.js';
import type { OpSpec } from './op-spec.js';

/** Attributes of `lrn`. */
export interface LrnAttributes {
  /** Channels in the window, itself included. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  /** Added to the bracket; ONNX and TensorFlow call it bias. */
  readonly k: number;
}

/**
 * y = x / (k + alpha/size · Σ x²)^beta, the sum over ⌊(size−1)/2⌋ channels before and ⌈(size−1)/2⌉ after.
 *
 * NCHW, across channels; the window is cut at the edges, never padded (the divisor stays `size`). ONNX LRN-13, Caffe
 * ACROSS_CHANNELS. PyTorch puts the longer half of an even window before. TensorFlow.js does not divide alpha by the
 * size and takes odd sizes only.
 */
export const lrnSpec: OpSpec<LrnAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: false,
  sumsChannels: false,
  sign: () => 'asInputs',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { size, alpha, beta, k }, [x]) => {
    checkWhole(where, 'size', size, 1);
    if (!(k > 0 && Number.isFinite(k))) throw new ShapeError({ where, got: `k ${k}`, want: 'more than 0' });
    if (!(alpha >= 0 && Number.isFinite(alpha)))
      throw new ShapeError({ where, got: `alpha ${alpha}`, want: '0 or more' });
    if (!Number.isFinite(beta)) throw new ShapeError({ where, got: `beta ${beta}`, want: 'a finite number' });
    checkRank(where, 'x', x, NCHW);
    return x;
  },
  multiplyAdds: () => 0,
};

/** Channels [first, last] that channel `channel` is normalised over. */
export function lrnWindow(channel: number, channels: number, size: number): [first: number, last: number] {
  const before = Math.floor((size - 1) / 2);
  const after = Math.ceil((size - 1) / 2);
  return [Math.max(0, channel - before), Math.min(channels - 1, channel + after)];
}
