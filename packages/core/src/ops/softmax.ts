import { normaliseAxis } from '../tensor/shape.js';
import type { Along, OpSpec } from './op-spec.js';

/** Attributes of `softmax`. */
export interface SoftmaxAttributes extends Along {
  /** Axis whose elements sum to 1; negative counts from the end. */
  readonly axis: number;
}

/** yᵢ = exp(xᵢ − max x) / Σⱼ exp(xⱼ − max x) along `axis`. Any rank from 1. ONNX Softmax-13, PyTorch. */
export const softmaxSpec: OpSpec<SoftmaxAttributes> = {
  inputs: ['x'],
  arity: 'fixed',
  parameters: {},
  takesActivation: false,
  hasAxis: true,
  sumsChannels: false,
  sign: () => 'notNegative',
  identity: () => 'never',
  commutes: () => 'no',
  inferShape: (where, { axis }, [x]) => {
    normaliseAxis(axis, x.length, where);
    return x;
  },
  multiplyAdds: () => 0,
};
