import { bindWeights, type Graph, verifyGraph, type Weights } from '@strata/core';
import { encodeModel } from './model/encode-model.js';

/**
 * The network as the bytes of one self-contained `.onnx` file, for any runtime that reads ONNX: one ONNX node a layer
 * wherever ONNX has it, sizes by name where the graph leaves them open, no passes.
 *
 * Throws `GraphError` or `ShapeError` for a graph that is not well formed, `WeightsError` for weights that do not fit.
 */
export function exportOnnx(graph: Graph, weights: Weights): Uint8Array {
  verifyGraph(graph);
  return encodeModel({ graph, weights: bindWeights(graph, weights) }, { inlineBytes: Number.POSITIVE_INFINITY }).bytes;
}
