import type { Backend, Graph, Shape, Tensor, Weights } from '@strata/core';
import type { WeightsSource } from '../checkpoints/index.js';
import type { Variant } from '../network/index.js';
import type { Picture } from '../preprocess/index.js';

export interface LoadOptions {
  /**
   * What computes. It stays the caller's: disposing the network leaves it open. One that is still being opened will do:
   * weights are read meanwhile.
   */
  readonly backend: Backend | PromiseLike<Backend>;
  /** By default what the weights' names or metadata say, else `'seed'`. */
  readonly variant?: Variant;
  /** The shipped Fashion-MNIST weights of the seed variant by default. */
  readonly weights?: WeightsSource;
  /** [channels, height, width] that pictures are brought to; by default the checkpoint's, else the variant's. */
  readonly input?: Shape;
  /** One a class; by default those in the weights' metadata, else `class 0` … . */
  readonly labels?: readonly string[];
  readonly signal?: AbortSignal;
  /** Steps of compiling. */
  onProgress?(done: number, total: number): void;
}

export interface ClassifyOptions {
  /** How many classes to give, the most probable first. 5 by default. */
  readonly top?: number;
  /** Most pictures in one run of the network. 32 by default. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
}

export interface Prediction {
  readonly label: string;
  /** Of the class, from 0. */
  readonly index: number;
  /** From 0 to 1; over all classes they sum to 1. */
  readonly probability: number;
}

/** A GoogLeNet with weights on a backend. */
export interface GoogLeNet extends AsyncDisposable {
  readonly variant: Variant;
  readonly labels: readonly string[];
  /** [channels, height, width] that pictures are brought to. Tensors may have another height and width. */
  readonly inputShape: Shape;
  readonly backend: Backend;
  /** What the weights' file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors of the weights' file that were left out, because only training uses them. */
  readonly skipped: readonly string[];
  readonly graph: Graph;
  /** By our parameter names. */
  readonly weights: Weights;
  /** The most probable classes of one picture, or of each of several. */
  classify(picture: Picture, options?: ClassifyOptions): Promise<Prediction[]>;
  classify(pictures: readonly Picture[], options?: ClassifyOptions): Promise<Prediction[][]>;
  /** As `classify` for a ready batch [batch, channels, height, width]. */
  classifyBatch(batch: Tensor, options?: Omit<ClassifyOptions, 'batch'>): Promise<Prediction[][]>;
  /** Values of stages (`'inception4a'`, `'pool5'` …) for one picture or several, [batch, …] each. */
  features(
    picture: Picture | readonly Picture[],
    names: readonly string[],
    options?: Pick<ClassifyOptions, 'batch' | 'signal'>,
  ): Promise<Record<string, Tensor>>;
  /** Raw: a batch [batch, channels, height, width] to the named values, the network's own output by default. */
  run(
    batch: Tensor,
    options?: { readonly outputs?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<Record<string, Tensor>>;
  /** Frees everything on the device but the backend. A second call does nothing. */
  dispose(): Promise<void>;
}
