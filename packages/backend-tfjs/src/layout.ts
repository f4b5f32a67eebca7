import type { Shape } from '@strata/core';
import { reshape, type Tensor, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import { rank4 } from './ranked.js';

/** A value on the device. A value with four axes is kept as NHWC, whatever they mean; any other as its shape says. */
export interface Value {
  /** The shape that the graph knows: NCHW. */
  readonly shape: Shape;
  /** In device order. */
  readonly tensor: Tensor;
}

/** [N,C,H,W] → [N,H,W,C]; other ranks stay. */
export function deviceShape(shape: Shape): number[] {
  if (shape.length !== 4) return [...shape];
  const [batch, channels, height, width] = shape;
  return [batch, height, width, channels];
}

/** Where the device keeps axis `axis` of the graph. */
export function deviceAxis(axis: number, rank: number): number {
  return rank === 4 ? [0, 3, 1, 2][axis] : axis;
}

/** A value from a tensor in the graph's order. */
export function fromRowMajor(tensor: Tensor, shape: Shape): Value {
  if (shape.length !== 4) return { shape, tensor: reshape(tensor, [...shape]) };
  const logical = reshape(tensor, [...shape]);
  return {
    shape,
    tensor: movesNothing(shape) ? reshape(logical, deviceShape(shape)) : transpose(logical, [0, 2, 3, 1]),
  };
}

/** The tensor of a value in the graph's order. */
export function toRowMajor({ shape, tensor }: Value): Tensor {
  if (shape.length !== 4) return tensor;
  return movesNothing(shape) ? reshape(tensor, [...shape]) : transpose(tensor, [0, 3, 1, 2]);
}

/** Whether NCHW and NHWC give the elements the same order. */
function movesNothing([, channels, height, width]: Shape): boolean {
  return channels === 1 || height * width === 1;
}

/** The tensor of a value that is a batch of pictures: [batch, height, width, channels]. */
export function pictures({ tensor }: Value): Tensor4D {
  return rank4(tensor);
}

/** A value of the shape that the graph knows around a tensor in device order. */
export function fromPictures(tensor: Tensor4D): Value {
  const [batch, height, width, channels] = tensor.shape;
  return { shape: [batch, channels, height, width], tensor };
}
