import { type AdaptiveAvgPool2dAttributes, adaptiveAvgPool2dSpec } from './adaptive-avg-pool2d.js';
import { type AddAttributes, addSpec } from './add.js';
import { type AvgPool2dAttributes, avgPool2dSpec } from './avg-pool2d.js';
import { type BatchNormAttributes, batchNormSpec } from './batch-norm.js';
import { type ClipAttributes, clipSpec } from './clip.js';
import { type ConcatAttributes, concatSpec } from './concat.js';
import { type Conv2dAttributes, conv2dSpec } from './conv2d.js';
import { type DropoutAttributes, dropoutSpec } from './dropout.js';
import { type FlattenAttributes, flattenSpec } from './flatten.js';
import { type GlobalAvgPoolAttributes, globalAvgPoolSpec } from './global-avg-pool.js';
import { type GlobalMaxPoolAttributes, globalMaxPoolSpec } from './global-max-pool.js';
import { type HardSigmoidAttributes, hardSigmoidSpec } from './hard-sigmoid.js';
import { type InputAttributes, inputSpec } from './input.js';
import { type LeakyReluAttributes, leakyReluSpec } from './leaky-relu.js';
import { type LinearAttributes, linearSpec } from './linear.js';
import { type LrnAttributes, lrnSpec } from './lrn.js';
import { type MaxPool2dAttributes, maxPool2dSpec } from './max-pool2d.js';
import { type MulAttributes, mulSpec } from './mul.js';
import type { OpSpec, ParameterRole } from './op-spec.js';
import { type PadAttributes, padSpec } from './pad.js';
import { type ParameterAttributes, parameterSpec } from './parameter.js';
import { type ReluAttributes, reluSpec } from './relu.js';
import { type ReshapeAttributes, reshapeSpec } from './reshape.js';
import { type SigmoidAttributes, sigmoidSpec } from './sigmoid.js';
import { type SliceAttributes, sliceSpec } from './slice.js';
import { type SoftmaxAttributes, softmaxSpec } from './softmax.js';
import { type TransposeAttributes, transposeSpec } from './transpose.js';

/** Every op and what it is told besides its inputs. All tables over ops are keyed by this. */
export interface OpAttributes {
  input: InputAttributes;
  parameter: ParameterAttributes;
  conv2d: Conv2dAttributes;
  maxPool2d: MaxPool2dAttributes;
  avgPool2d: AvgPool2dAttributes;
  adaptiveAvgPool2d: AdaptiveAvgPool2dAttributes;
  globalAvgPool: GlobalAvgPoolAttributes;
  globalMaxPool: GlobalMaxPoolAttributes;
  concat: ConcatAttributes;
  relu: ReluAttributes;
  linear: LinearAttributes;
  lrn: LrnAttributes;
  softmax: SoftmaxAttributes;
  batchNorm: BatchNormAttributes;
  dropout: DropoutAttributes;
  flatten: FlattenAttributes;
  reshape: ReshapeAttributes;
  transpose: TransposeAttributes;
  slice: SliceAttributes;
  pad: PadAttributes;
  add: AddAttributes;
  sigmoid: SigmoidAttributes;
  mul: MulAttributes;
  clip: ClipAttributes;
  leakyRelu: LeakyReluAttributes;
  hardSigmoid: HardSigmoidAttributes;
}

/** The name of an op. */
export type OpKind = keyof OpAttributes;

/** An op that computes something: what a backend must lower and the reference must evaluate. */
export type ComputeKind = Exclude<OpKind, 'input' | 'parameter'>;

/** The ops whose attributes have all that `Part` has. */
export type KindWith<Part> = { [K in OpKind]: OpAttributes[K] extends Part ? K : never }[OpKind];

/** The meaning of every op. A kind without an entry does not compile. */
export const opTable: { readonly [K in OpKind]: OpSpec<OpAttributes[K]> } = {
  input: inputSpec,
  parameter: parameterSpec,
  conv2d: conv2dSpec,
  maxPool2d: maxPool2dSpec,
  avgPool2d: avgPool2dSpec,
  adaptiveAvgPool2d: adaptiveAvgPool2dSpec,
  globalAvgPool: globalAvgPoolSpec,
  globalMaxPool: globalMaxPoolSpec,
  concat: concatSpec,
  relu: reluSpec,
  linear: linearSpec,
  lrn: lrnSpec,
  softmax: softmaxSpec,
  batchNorm: batchNormSpec,
  dropout: dropoutSpec,
  flatten: flattenSpec,
  reshape: reshapeSpec,
  transpose: transposeSpec,
  slice: sliceSpec,
  pad: padSpec,
  add: addSpec,
  sigmoid: sigmoidSpec,
  mul: mulSpec,
  clip: clipSpec,
  leakyRelu: leakyReluSpec,
  hardSigmoid: hardSigmoidSpec,
};

/** Whether this is the name of an op. */
export function isOpKind(text: string): text is OpKind {
  return Object.hasOwn(opTable, text);
}

/** The kinds that compute, in table order. */
export const computeKinds = Object.keys(opTable).filter(isComputeKind);

function isComputeKind(kind: string): kind is ComputeKind {
  return isOpKind(kind) && kind !== 'input' && kind !== 'parameter';
}

/** What the input at `position` is to an op that takes a parameter there; `undefined` where it takes any value. */
export function parameterRole<K extends OpKind>(op: K, position: number): ParameterRole<OpAttributes[K]> | undefined {
  const { inputs, parameters } = opTable[op];
  return Object.hasOwn(parameters, inputs[position]) ? parameters[inputs[position]] : undefined;
}
