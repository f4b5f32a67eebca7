import { describeValue, viewBytes, WeightsError } from '@strata/core';
import { identify } from '../identify/index.js';
import { otherFileError } from '../other-weights.js';
import type { WeightsFile } from './types.js';

const want = 'a file of weights';

/** Where the JSON of a safetensors header begins, with `{`. */
const headerStart = 8;

/**
 * Opens the bytes of a file of weights, whatever its format: it is told by its first bytes, and the reader of that
 * format is loaded then. `where` names the file in messages. `WeightsError` for a file of another kind, which says what
 * it is and what to do, and for a damaged one.
 */
export async function openWeights(
  given: ArrayBufferLike | ArrayBufferView,
  where = 'weights file',
): Promise<WeightsFile> {
  const bytes = viewBytes(given);
  if (bytes === undefined) {
    throw new WeightsError({ where, got: describeValue(given), want: 'the bytes of a file of weights' });
  }
  const identity = identify(bytes);
  switch (identity.format) {
    case 'safetensors':
    case 'unknown':
      // Damaged safetensors are told by their reader; what does not begin as they do is none.
      if (bytes.length > headerStart && bytes[headerStart] !== 0x7b) throw otherFileError(identity, where, want);
      return (await import('./from-safetensors.js')).fromSafetensors(bytes, where);
    case 'pytorch-zip':
    case 'pytorch-legacy':
      return (await import('./from-pytorch.js')).fromPyTorch(bytes, where);
    case 'onnx':
      return (await import('./from-onnx.js')).fromOnnx(bytes, where);
    case 'caffe':
      return (await import('./from-caffe.js')).fromCaffe(bytes, where);
    default:
      throw otherFileError(identity, where, want);
  }
}
