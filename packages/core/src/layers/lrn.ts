import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `lrn`. */
export interface LrnOptions {
  /** Channels in the window. */
  readonly size: number;
  /** 1e-4 by default, as in ONNX, Caffe and PyTorch. */
  readonly alpha?: number;
  /** 0.75 by default. */
  readonly beta?: number;
  /** 1 by default. */
  readonly k?: number;
}

export interface LrnLayer {
  /** Local response normalisation across channels, [N,C,H,W]. */
  lrn(name: string, x: Value, options: LrnOptions): Value;
}

export const lrn: Layer<LrnLayer['lrn']> = (writer, name, x, { size, alpha = 1e-4, beta = 0.75, k = 1 }) =>
  writer.add(name, [x], { op: 'lrn', attributes: { size, alpha, beta, k } });
