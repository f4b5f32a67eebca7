import { describeValue, viewBytes, WeightsError } from '@strata/core';
import { identify } from '../identify/index.js';
import { otherFileError } from '../other-weights.js';
import { ProtobufFile } from '../protobuf/file.js';
import { quoteName } from '../quote-name.js';
import type { StoredTensor } from '../stored-tensor.js';
import { nameBlobs } from './name-blobs.js';
import { currentLayer, type ReadLayer, readLayer, v1Layer } from './read-layer.js';
import type { CaffeDType, CaffeFile } from './types.js';

/** Fields of `NetParameter` in `caffe.proto`. */
const field = { name: 1, v1Layers: 2, layer: 100 } as const;

/**
 * Opens the bytes of a `.caffemodel` file, of today's format or of V1: no `.prototxt` is needed. `where` names the file
 * in messages. Values are decoded when read; float32 stays what it is, float64 is rounded to nearest.
 *
 * Throws `WeightsError` for what is neither a buffer nor a view, a file of another format (V0 among them), and a damaged
 * one.
 *
 * Format: https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto
 */
export function openCaffe(given: ArrayBufferLike | ArrayBufferView, where = 'Caffe model'): CaffeFile {
  const bytes = viewBytes(given);
  if (bytes === undefined) {
    throw new WeightsError({ where, got: describeValue(given), want: 'the bytes of a Caffe model' });
  }
  const identity = identify(bytes);
  if (identity.format !== 'caffe') throw otherFileError(identity, where, 'a Caffe model');
  return readNet(new ProtobufFile(bytes, where));
}

function readNet(file: ProtobufFile): CaffeFile {
  const layers: ReadLayer[] = [];
  let name = '';
  file.visit(file.bytes, 'network', (part) => {
    if (part.number === field.name) name = part.text();
    else if (part.number === field.layer) layers.push(readLayer(file, part.bytes(), currentLayer, layers.length));
    else if (part.number === field.v1Layers) layers.push(readLayer(file, part.bytes(), v1Layer, layers.length));
  });
  return {
    format: 'caffe',
    name,
    layers: layers.map(({ blobs, ...layer }) => layer),
    tensors: collect(file, layers),
  };
}

function collect(file: ProtobufFile, layers: readonly ReadLayer[]): ReadonlyMap<string, StoredTensor<CaffeDType>> {
  const tensors = new Map<string, StoredTensor<CaffeDType>>();
  for (const layer of layers) {
    for (const [name, tensor] of nameBlobs(layer)) {
      if (tensors.has(name)) {
        throw file.damaged('network', `two layers ${quoteName(layer.name)} with weights`, 'each name once');
      }
      tensors.set(name, tensor);
    }
  }
  return tensors;
}
