import { bindWeights, WeightsError } from '@strata/core';
import { quoteName } from '../../quote-name.js';
import { openOnnx } from '../opening/open-onnx.js';
import type { OnnxFile, OnnxFileNode } from '../opening/types.js';
import type { Restored } from './naming.js';
import { freshBatch, isPerSample } from './open-batch.js';
import { orderNodes } from './order-nodes.js';
import { type Refusal, refuseAll } from './refusals.js';
import type { OnnxAssumption, OnnxImport, OnnxImportOptions } from './types.js';
import { writeInputs } from './write-inputs.js';
import { NetworkWriter } from './write-network.js';

/** Most outputs of a network. */
const mostOutputs = 1000;

/**
 * The network of a `.onnx` file as a graph of core with its weights, whatever program wrote it.
 *
 * - Values keep the file's names, and so do weights that are taken as they are; others are called by their layer,
 *   `LAYER.weight`. Nodes that no output needs are left out. Inputs and outputs keep their order and open sizes.
 * - What follows from constants and shapes is computed here: nodes that make the target of a Reshape are no layers.
 * - Some nodes are taken together: MatMul with Add is a linear layer, Pad before a window its padding, PyTorch's parts of
 *   LRN an LRN. A Reshape or Squeeze that keeps the batch and joins the rest is a flatten, Identity a dropout of rate 0.
 * - A batch of 1 is opened where all values have it alone on their first axis; `assumed` then says so.
 *
 * Throws `UnsupportedError` with all nodes that no layers stand for, each with its reason, `WeightsError` for a damaged
 * file, weights that do not fit, and a file that `externalData` lacks, `InputError` for options that are none.
 */
export function importOnnx(
  bytes: ArrayBufferLike | ArrayBufferView,
  { where = 'ONNX file', externalData, openBatch = true }: OnnxImportOptions = {},
): OnnxImport {
  const file = openOnnx(bytes, where, externalData === undefined ? {} : { externalData });
  checkOutputs(file, where);
  const nodes = orderNodes(file, where);
  const batch = openBatch ? freshBatch(file) : undefined;
  const opened = batch === undefined ? undefined : write(file, nodes, batch);
  const isOpen = opened?.network !== undefined && batch !== undefined && isPerSample(opened.network.graph, batch);
  const { network, refusals, assumed } = isOpen ? opened : write(file, nodes);
  if (network === undefined) throw refuseAll(refusals, where);
  const { format, name, producer, metadata, opset } = file;
  return {
    ...{ format, name, metadata, opset, ...(producer === undefined ? {} : { producer }) },
    graph: network.graph,
    weights: bindWeights(network.graph, network.weights),
    assumed: isOpen
      ? [{ about: 'batch', text: `the batch of 1 stands for any number, '${batch}'` }, ...assumed]
      : assumed,
  };
}

function checkOutputs({ outputs }: OnnxFile, where: string): void {
  const names = outputs.map(({ name }) => name);
  const wrong = names.find((name, index) => name === '' || names.indexOf(name) !== index);
  if (names.length > 0 && names.length <= mostOutputs && wrong === undefined) return;
  const got =
    wrong === undefined
      ? `${names.length} outputs`
      : wrong === ''
        ? 'an output without a name'
        : `the output ${quoteName(wrong)} twice`;
  throw new WeightsError({ where, got, want: `1 to ${mostOutputs} outputs, each once` });
}

interface Written {
  readonly network?: Restored;
  readonly refusals: readonly Refusal[];
  readonly assumed: readonly OnnxAssumption[];
}

/** The network with the file's sizes, or with that name for a batch of 1. */
function write(file: OnnxFile, nodes: readonly OnnxFileNode[], batch?: string): Written {
  const writer = new NetworkWriter(file, nodes, batch);
  const assumed = writeInputs(writer, file, nodes, batch);
  for (const node of nodes) writer.node(node);
  const names = file.outputs.map(({ name }) => name);
  const values = names.flatMap((name) => writer.output(name) ?? []);
  const refusals = writer.refusalsOf(names);
  if (values.length < names.length || refusals.length > 0) return { refusals, assumed };
  return { network: writer.finish(values), refusals, assumed };
}
