import type { FileFormat } from '../identify/index.js';
import type { OnnxNetwork } from '../onnx/opening/types.js';
import type { StoredTensor } from '../stored-tensor.js';

/** Formats whose tensors can be read. */
export type WeightsFormat = Extract<FileFormat, 'safetensors' | 'pytorch-zip' | 'pytorch-legacy' | 'onnx' | 'caffe'>;

/** A file of weights in any format that is read here: what it says of itself, and its tensors. */
export interface WeightsFile {
  readonly format: WeightsFormat;
  /** What made it, in its own words, where the file tells. */
  readonly producer?: string;
  /** Texts that the file carries beside its tensors; empty when it has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The key under which a checkpoint holds its weights beside other things (`'model_state_dict'`), dotted where one lies
   * in another. Absent where the file is nothing but weights.
   */
  readonly container?: string;
  /** What all names began with (`'module.'`), and was taken off. Absent where nothing was. */
  readonly prefix?: string;
  /** The network that an ONNX file holds beside its weights: what to do where exporters renamed them. */
  readonly network?: OnnxNetwork;
  /** By name, in the file's order (names that are whole numbers may come first). Integers are listed, not read. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}
