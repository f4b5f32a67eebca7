export { type AdaptiveAvgPool2dAttributes, adaptiveWindows } from './adaptive-avg-pool2d.js';
export type { AddAttributes } from './add.js';
export type { AvgPool2dAttributes } from './avg-pool2d.js';
export type { BatchNormAttributes } from './batch-norm.js';
export { broadcastShapes } from './broadcast.js';
export type { ClipAttributes } from './clip.js';
export type { ConcatAttributes } from './concat.js';
export type { Conv2dAttributes } from './conv2d.js';
export type { DropoutAttributes } from './dropout.js';
export type { FlattenAttributes } from './flatten.js';
export type { GlobalAvgPoolAttributes } from './global-avg-pool.js';
export type { GlobalMaxPoolAttributes } from './global-max-pool.js';
export type { HardSigmoidAttributes } from './hard-sigmoid.js';
export type { InputAttributes } from './input.js';
export type { LeakyReluAttributes } from './leaky-relu.js';
export type { LinearAttributes } from './linear.js';
export { type LrnAttributes, lrnWindow } from './lrn.js';
export type { MaxPool2dAttributes } from './max-pool2d.js';
export type { MulAttributes } from './mul.js';
export type {
  Activated,
  Activation,
  Along,
  Commutes,
  Fans,
  Has,
  Identity,
  NoAttributes,
  OpSpec,
  ParameterRole,
  Sign,
} from './op-spec.js';
export {
  type ComputeKind,
  computeKinds,
  isOpKind,
  type KindWith,
  type OpAttributes,
  type OpKind,
  opTable,
  parameterRole,
} from './op-table.js';
export type { PadAttributes } from './pad.js';
export type { ParameterAttributes } from './parameter.js';
export type { ReluAttributes } from './relu.js';
export type { ReshapeAttributes } from './reshape.js';
export type { SigmoidAttributes } from './sigmoid.js';
export { placesOf, type SliceAttributes } from './slice.js';
export type { SoftmaxAttributes } from './softmax.js';
export type { TransposeAttributes } from './transpose.js';
export {
  axesOf,
  countWindows,
  type Padding,
  type Pair,
  type Rounding,
  spanOf,
  type WindowAxis,
  type Windowed,
} from './window.js';
