import type { Backend, Graph, Shape, Tensor, Weights } from '@strata/core';
import type { Assumption, WeightsSource } from '../checkpoints/index.js';
import type { CacheMode, DownloadReport } from '../download/types.js';
import type { Variant } from '../network/index.js';
import type { Picture, Preprocessing, PreprocessingOptions } from '../preprocess/index.js';
import type { Verdict } from '../unusual/index.js';

/** What `loadGoogLeNet` does with time: `'download'` counts bytes, `'compile'` steps. */
export type LoadStage = 'download' | 'compile';

/** Options of `loadGoogLeNet`. Those of pre-processing are for pictures, not for tensors. */
export interface LoadOptions extends PreprocessingOptions {
  /**
   * What computes. It stays the caller's: disposing the network leaves it open. It may be a promise:
   * weights are read while it opens.
   */
  readonly backend: Backend | PromiseLike<Backend>;
  /** By default what the weights' names or metadata say, else `'seed'`. */
  readonly variant?: Variant;
  /** The shipped Fashion-MNIST weights of the seed variant by default. Bytes and tensors are copied at once. */
  readonly weights?: WeightsSource;
  /** [channels, height, width] that pictures are brought to; by default the checkpoint's, else the variant's. */
  readonly input?: Shape;
  /**
   * Whether torchvision's network first does what torchvision calls `transform_input`: its own pretrained weights need it.
   * By default what the weights' file says, else torchvision's default, off, which `GoogLeNet.assumed` then tells.
   */
  readonly transformInput?: boolean;
  /**
   * bvlc and torchvision: whether the network has its auxiliary heads, outputs `aux1` and `aux2` of `run`. False by default.
   * Pictures must then be of the size of `input`, tensors too.
   */
  readonly auxiliary?: boolean;
  /**
   * One a class; by default those in the weights' metadata, else ImageNet's where a variant that was trained on it has
   * 1,000 classes, else `class 0` … .
   */
  readonly labels?: readonly string[];
  /**
   * What weights from an http or https URL have to do with the cache: by default, `'default'`, a kept copy is used if the
   * server says that it is current, and what is downloaded is kept. `GoogLeNet.download` tells what happened.
   */
  readonly cache?: CacheMode;
  /**
   * In Node: the folder of the cache, by default `$STRATA_CACHE`, or `strata` in the system's folder for caches. Browsers
   * have their own place, the Cache API's cache `strata`.
   */
  readonly cacheFolder?: string;
  /** Stops reading, downloading and compiling; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * First bytes, where weights are downloaded, with `stage` `'download'`: here so far, and in all, or `undefined` while
   * the server does not say (it compresses, or sends in pieces). Then steps of compiling, with `'compile'`. A
   * download ends with `done === total`. Weights from a file, from memory or from the cache have no first stage.
   */
  onProgress?(done: number, total: number | undefined, stage: LoadStage): void;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /** How many classes to give, the most probable first. 5 by default. */
  readonly top?: number;
  /** Most pictures in one run of the network. 32 by default. */
  readonly batch?: number;
  /**
   * 10 for the mean of the probabilities of ten crops: the centre, four corners, and all five mirrored. Takes ten times as
   * long. 1, the centre, by default. Not for tensors, nor for pictures that are not cropped.
   */
  readonly crops?: 1 | 10;
  readonly signal?: AbortSignal;
}

/**
 * A class, and how probable the network finds it. `unusual` and `unusualScore` are said of the picture, so they are the
 * same for all of its classes; null with weights that have no statistics, and for tensors of another size than they were
 * measured at.
 */
export interface Prediction extends Verdict {
  readonly label: string;
  /** The index of the class, from 0. */
  readonly index: number;
  /** From 0 to 1; over all classes they sum to 1. */
  readonly probability: number;
}

/** Of one picture, the most probable class first. At least one, as networks have classes and `top` is at least 1. */
export type Predictions = [Prediction, ...Prediction[]];

/** A network with weights on a backend. */
export interface LoadedModel extends AsyncDisposable {
  readonly labels: readonly string[];
  /** [channels, height, width] that pictures are brought to. Tensors may have another height and width. */
  readonly inputShape: Shape;
  /** How pictures become numbers; `undefined` for a network of other than 1 or 3 channels, which takes tensors. */
  readonly preprocessing: Preprocessing | undefined;
  readonly backend: Backend;
  /** The metadata of the file of the weights, or of the network. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What neither caller nor file said of the network, and was therefore assumed. Often nothing. */
  readonly assumed: readonly Assumption[];
  /** Where the weights came from, if that was an http or https URL. */
  readonly download?: DownloadReport;
  readonly graph: Graph;
  /** By our parameter names. The network's own, not copies: change none. */
  readonly weights: Weights;
  /**
   * The most probable classes of one picture. `InputError` where the picture, or a value of a stage that it leads to, is
   * not finite. Bytes, pixels and tensors are copied before it returns its promise, so they may be changed at once; what
   * a page draws is read when its turn comes, a single one at once.
   */
  classify(picture: Picture, options?: ClassifyOptions): Promise<Predictions>;
  /** The most probable classes of each of several pictures. */
  classify(pictures: readonly Picture[], options?: ClassifyOptions): Promise<Predictions[]>;
  /** As `classify` for a ready batch [batch, channels, height, width]. */
  classifyBatch(batch: Tensor, options?: Omit<ClassifyOptions, 'batch' | 'crops'>): Promise<Predictions[]>;
  /** Values of stages (`'inception4a'`, `'pool5'` …) for one picture or several, [batch, …] each. */
  features(
    picture: Picture | readonly Picture[],
    names: readonly string[],
    options?: Pick<ClassifyOptions, 'batch' | 'signal'>,
  ): Promise<Record<string, Tensor>>;
  /**
   * A batch [batch, channels, height, width] → the named values, by default the network's own output. Values that are not
   * finite are given as they are.
   */
  run(
    batch: Tensor,
    options?: { readonly outputs?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<Record<string, Tensor>>;
  /** Frees everything on the device but the backend. A second call does nothing. */
  dispose(): Promise<void>;
}

/** A GoogLeNet with weights on a backend. */
export interface GoogLeNet extends LoadedModel {
  readonly variant: Variant;
  /** Tensors of the weights' file that were left out, because only training uses them. */
  readonly skipped: readonly string[];
  /** Whether torchvision's `transform_input` is on; `undefined` for other variants. */
  readonly transformInput: boolean | undefined;
}
