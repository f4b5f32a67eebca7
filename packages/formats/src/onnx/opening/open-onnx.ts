import { describeValue, viewBytes, WeightsError } from '@strata/core';
import { identify } from '../../identify/index.js';
import { otherFileError } from '../../other-weights.js';
import type { ProtobufFile } from '../../protobuf/file.js';
import { checkExternalData, type ExternalData } from './external-data.js';
import { ModelFile } from './model-file.js';
import { readGraph } from './read-graph.js';
import type { OnnxFile } from './types.js';

/** Fields of `ModelProto` in `onnx.proto`. */
const field = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  graph: 7,
  opsetImport: 8,
  metadataProps: 14,
} as const;

/** From this version of the format on, a file says which operators it means; before there was one set of them. */
const firstWithOpsets = 3;

/** Options of `openOnnx`. */
export interface OpenOnnxOptions {
  /** The files of weights beside the model, by the location that it names, or a function that gives them. */
  readonly externalData?: ExternalData;
}

/**
 * Opens the bytes of a `.onnx` file: its network and its weights, which are decoded when read. `where` names the file in
 * messages. Graphs within nodes (If, Loop) are not entered; attributes that are tensors, graphs or lists of texts are
 * left out.
 *
 * Throws `WeightsError` for what is neither a buffer nor a view, a file of another format, a damaged one, and one whose
 * weights are in other files that `externalData` does not have.
 *
 * Format: https://github.com/onnx/onnx/blob/main/docs/IR.md
 */
export function openOnnx(
  given: ArrayBufferLike | ArrayBufferView,
  where = 'ONNX file',
  { externalData }: OpenOnnxOptions = {},
): OnnxFile {
  checkExternalData(externalData);
  const bytes = viewBytes(given);
  if (bytes === undefined) {
    throw new WeightsError({ where, got: describeValue(given), want: 'the bytes of an ONNX file' });
  }
  const identity = identify(bytes);
  if (identity.format !== 'onnx') throw otherFileError(identity, where, 'an ONNX network');
  return readModel(new ModelFile(bytes, where, externalData));
}

function readModel(file: ModelFile): OnnxFile {
  const opsets = new Map<string, number>();
  const metadata: [string, string][] = [];
  const producer = ['', ''];
  let irVersion = 0;
  let graph: Uint8Array | undefined;
  file.visit(file.bytes, 'model', (part) => {
    if (part.number === field.irVersion) irVersion = part.whole();
    else if (part.number === field.producerName) producer[0] = part.text();
    else if (part.number === field.producerVersion) producer[1] = part.text();
    else if (part.number === field.opsetImport) opsets.set(...readOpset(file, part.bytes()));
    else if (part.number === field.metadataProps) metadata.push(readEntry(file, part.bytes()));
    else if (part.number === field.graph) {
      if (graph !== undefined) throw file.damaged('model', 'two graphs', 'one');
      graph = part.bytes();
    }
  });
  if (graph === undefined) throw lacks(file, 'no graph');
  const read = readGraph(file, graph, opsets);
  if (opsets.size === 0 && irVersion >= firstWithOpsets) throw lacks(file, 'no version of its operators');
  const madeBy = producer.join(' ').trim();
  return {
    format: 'onnx',
    ...(madeBy === '' ? {} : { producer: madeBy }),
    metadata: Object.fromEntries(metadata),
    opset: opsets.get('') ?? 1,
    opsets,
    ...read,
  };
}

/** The error for a file that ends before what each has. */
function lacks({ where }: ProtobufFile, got: string): WeightsError {
  return new WeightsError({ where, got, want: 'one', hint: 'the file is cut short or damaged: get it again' });
}

/** An `OperatorSetIdProto`. ONNX's own domain has two names. */
function readOpset(file: ProtobufFile, message: Uint8Array): [domain: string, version: number] {
  let domain = '';
  let version = 1;
  file.visit(message, 'operator set', (part) => {
    if (part.number === 1) domain = part.text();
    else if (part.number === 2) version = part.whole();
  });
  return [domain === 'ai.onnx' ? '' : domain, version];
}

/** A `StringStringEntryProto`. */
function readEntry(file: ProtobufFile, message: Uint8Array): [key: string, value: string] {
  let key = '';
  let value = '';
  file.visit(message, 'metadata', (part) => {
    if (part.number === 1) key = part.text();
    else if (part.number === 2) value = part.text();
  });
  return [key, value];
}
