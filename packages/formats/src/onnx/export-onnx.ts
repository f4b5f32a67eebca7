import {
  bindWeights,
  describeValue,
  type Graph,
  InputError,
  refuseOtherThanRecord,
  verifyGraph,
  type Weights,
} from '@strata/core';
import { quoteName } from '../quote-name.js';
import type { OnnxDescription } from './encoding/describe-model.js';
import { encodeModel } from './encoding/encode-model.js';
import type { StoredPrecision } from './encoding/encode-weights.js';
import { operatorTable } from './operators/operator-table.js';

/** Options of `exportOnnx`. */
export interface OnnxExportOptions extends OnnxDescription {
  /**
   * How weights are stored; `'float32'` by default. `'float16'` halves the file: weights are rounded to nearest, ties to
   * even, and a Cast behind each widens them again, so that all is computed in float32 on every runtime.
   */
  readonly precision?: StoredPrecision;
}

/**
 * The network as the bytes of one self-contained `.onnx` file, for any runtime that reads ONNX: one ONNX node a layer
 * wherever ONNX has it, in its standard form, sizes by name where the graph leaves them open, no passes. The same network
 * and options give the same bytes.
 *
 * Throws `GraphError` or `ShapeError` for a graph that is not well formed, `WeightsError` for weights that do not fit, or
 * that float16 cannot hold, `InputError` for options that are none.
 */
export function exportOnnx(graph: Graph, weights: Weights, options: OnnxExportOptions = {}): Uint8Array {
  const { precision = 'float32', metadata = {}, ...description } = options;
  checkMetadata(metadata);
  if (precision !== 'float32' && precision !== 'float16') {
    throw new InputError({ where: 'precision', got: describeValue(precision), want: "'float32' or 'float16'" });
  }
  verifyGraph(graph);
  const model = { graph, weights: bindWeights(graph, weights) };
  return encodeModel(model, operatorTable, {
    inlineBytes: Number.POSITIVE_INFINITY,
    precision,
    description: { ...description, metadata },
  }).bytes;
}

function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  refuseOtherThanRecord(metadata, 'metadata', 'an object of texts');
  for (const [key, value] of Object.entries<unknown>(metadata)) {
    if (typeof value === 'string') continue;
    throw new InputError({ where: `metadata: ${quoteName(key)}`, got: describeValue(value), want: 'a text' });
  }
}
