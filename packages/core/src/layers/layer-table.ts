import type { OpKind } from '../ops/op-table.js';
import { type AdaptiveAvgPool2dLayer, adaptiveAvgPool2d } from './adaptive-avg-pool2d.js';
import { type AddLayer, add } from './add.js';
import { type AvgPool2dLayer, avgPool2d } from './avg-pool2d.js';
import { type BatchNormLayer, batchNorm } from './batch-norm.js';
import { type ClipLayer, clip } from './clip.js';
import { type ConcatLayer, concat } from './concat.js';
import { type Conv2dLayer, conv2d } from './conv2d.js';
import { type DropoutLayer, dropout } from './dropout.js';
import { type FlattenLayer, flatten } from './flatten.js';
import { type GlobalAvgPoolLayer, globalAvgPool } from './global-avg-pool.js';
import { type GlobalMaxPoolLayer, globalMaxPool } from './global-max-pool.js';
import { type HardSigmoidLayer, hardSigmoid } from './hard-sigmoid.js';
import { type InputLayer, input } from './input.js';
import type { Layer } from './layer.js';
import { type LeakyReluLayer, leakyRelu } from './leaky-relu.js';
import { type LinearLayer, linear } from './linear.js';
import { type LrnLayer, lrn } from './lrn.js';
import { type MaxPool2dLayer, maxPool2d } from './max-pool2d.js';
import { type MulLayer, mul } from './mul.js';
import { type PadLayer, pad } from './pad.js';
import { type ParameterLayer, parameter } from './parameter.js';
import { type ReluLayer, relu } from './relu.js';
import { type ReshapeLayer, reshape } from './reshape.js';
import { type SigmoidLayer, sigmoid } from './sigmoid.js';
import { type SliceLayer, slice } from './slice.js';
import { type SoftmaxLayer, softmax } from './softmax.js';
import { type TransposeLayer, transpose } from './transpose.js';

/** Every call of `LayerBuilder` that makes a layer, by the interface that its file declares. */
export interface LayerCalls
  extends InputLayer,
    ParameterLayer,
    Conv2dLayer,
    MaxPool2dLayer,
    AvgPool2dLayer,
    AdaptiveAvgPool2dLayer,
    GlobalAvgPoolLayer,
    GlobalMaxPoolLayer,
    ConcatLayer,
    ReluLayer,
    LinearLayer,
    LrnLayer,
    SoftmaxLayer,
    BatchNormLayer,
    DropoutLayer,
    FlattenLayer,
    ReshapeLayer,
    TransposeLayer,
    SliceLayer,
    PadLayer,
    AddLayer,
    SigmoidLayer,
    MulLayer,
    ClipLayer,
    LeakyReluLayer,
    HardSigmoidLayer {}

/** How each call is carried out. A kind without an entry does not compile. */
export const layerTable: { readonly [K in OpKind]: Layer<LayerCalls[K]> } = {
  input,
  parameter,
  conv2d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d,
  globalAvgPool,
  globalMaxPool,
  concat,
  relu,
  linear,
  lrn,
  softmax,
  batchNorm,
  dropout,
  flatten,
  reshape,
  transpose,
  slice,
  pad,
  add,
  sigmoid,
  mul,
  clip,
  leakyRelu,
  hardSigmoid,
};
