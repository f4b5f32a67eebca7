import type { Shape, SymbolicShape } from '../tensor/shape.js';
import type { AddAttributes } from './add.js';
import type { AvgPool2dAttributes } from './avg-pool2d.js';
import type { BatchNormAttributes } from './batch-norm.js';
import type { ConcatAttributes } from './concat.js';
import type { Conv2dAttributes } from './conv2d.js';
import type { DropoutAttributes } from './dropout.js';
import type { FlattenAttributes } from './flatten.js';
import type { GlobalAvgPoolAttributes } from './global-avg-pool.js';
import type { InputAttributes } from './input.js';
import type { LinearAttributes } from './linear.js';
import type { LrnAttributes } from './lrn.js';
import type { MaxPool2dAttributes } from './max-pool2d.js';
import type { ParameterAttributes } from './parameter.js';
import type { ReluAttributes } from './relu.js';
import type { SoftmaxAttributes } from './softmax.js';

/** Every op and what it is told besides its inputs. All tables over ops are keyed by this. */
export interface OpAttributes {
  input: InputAttributes;
  parameter: ParameterAttributes;
  conv2d: Conv2dAttributes;
  maxPool2d: MaxPool2dAttributes;
  avgPool2d: AvgPool2dAttributes;
  globalAvgPool: GlobalAvgPoolAttributes;
  concat: ConcatAttributes;
  relu: ReluAttributes;
  linear: LinearAttributes;
  lrn: LrnAttributes;
  softmax: SoftmaxAttributes;
  batchNorm: BatchNormAttributes;
  dropout: DropoutAttributes;
  flatten: FlattenAttributes;
  add: AddAttributes;
}

export type OpKind = keyof OpAttributes;

/** An op that computes something: what a backend must lower and the reference must evaluate. */
export type ComputeKind = Exclude<OpKind, 'input' | 'parameter'>;

/** No attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

/** An activation that a pass has fused into the op before it. */
export type Activation = 'none' | 'relu';

/** What an op means for shapes; one for each kind in `op-table.ts`. */
export interface OpSpec<K extends OpKind> {
  readonly kind: K;
  /** Input names in order. The last `optional` ones may be left out; `'variadic'` takes one or more of the first. */
  readonly inputs: readonly string[];
  readonly arity?: 'variadic' | { readonly optional: number };
  /** Inputs that must be parameters, by position: weights are bound at compile time, not computed. */
  readonly parameters?: readonly number[];
  /** The output's shape. Throws `ShapeError` that starts with `where`. */
  inferShape(where: string, attributes: OpAttributes[K], inputs: readonly SymbolicShape[]): SymbolicShape;
  /** Multiply-adds of one call; absent where the op has none worth counting. */
  multiplyAdds?(attributes: OpAttributes[K], inputs: readonly Shape[], output: Shape): number;
}
