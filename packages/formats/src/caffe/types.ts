import type { StoredTensor } from '../stored-tensor.js';

/** How Caffe stores numbers. */
export type CaffeDType = 'float32' | 'float64';

/** One layer of a Caffe network, as far as it is read. */
export interface CaffeLayer {
  readonly name: string;
  /** As Caffe calls it today, `'Convolution'`, in files of the old format, too. */
  readonly type: string;
  /** Names of the values that go in. */
  readonly bottoms: readonly string[];
  /** Names of the values that come out; one that is a bottom, too, is changed in place. */
  readonly tops: readonly string[];
}

/** A `.caffemodel` file. */
export interface CaffeFile {
  readonly format: 'caffe';
  /** The network's name; `''` when it has none. */
  readonly name: string;
  /** All layers in the file's order, with those that only training uses. */
  readonly layers: readonly CaffeLayer[];
  /**
   * The blobs of layers, in the file's order. Of Convolution, Deconvolution and InnerProduct `LAYER.weight` and
   * `LAYER.bias`; all others by their place in the layer, `LAYER.0`, `LAYER.1` … Weights of InnerProduct are
   * [out, in], biases [out], whatever ones old files write before these sizes.
   */
  readonly tensors: ReadonlyMap<string, StoredTensor<CaffeDType>>;
}
