import { normaliseAxis } from '../tensor/shape.js';
import type { OpSpec } from './types.js';

export interface SoftmaxAttributes {
  /** Axis whose elements sum to 1; negative counts from the end. */
  readonly axis: number;
}

/** yᵢ = exp(xᵢ − max x) / Σⱼ exp(xⱼ − max x) along `axis`. Any rank from 1. ONNX Softmax-13, PyTorch. */
export const softmaxSpec: OpSpec<'softmax'> = {
  kind: 'softmax',
  inputs: ['x'],
  inferShape: (where, { axis }, [x]) => {
    normaliseAxis(axis, x.length, where);
    return x;
  },
};
