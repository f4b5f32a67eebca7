import type { Tensor } from '@strata/core';
import { exportOnnx } from '@strata/formats/onnx';
import { writeSafetensors } from '@strata/formats/safetensors';
import { constantsOf, type GoogLeNet, nameAsSource, writeMetadata } from '@strata/googlenet';

export type ExportFormat = 'onnx' | 'safetensors' | 'pytorch-names';

/** How values are stored. */
export type Precision = 'float32' | 'float16';

/** What is written, and what the network does not know of itself. */
export interface EncodeOptions {
  readonly format: ExportFormat;
  readonly precision: Precision;
  readonly licence: string | undefined;
  readonly auxiliary: boolean;
}

/** The network as the bytes of a file, with what `loadGoogLeNet` reads of its metadata. */
export function encodeNetwork(
  network: GoogLeNet,
  { format, precision, licence, auxiliary }: EncodeOptions,
): Uint8Array {
  const { variant, graph, weights } = network;
  const metadata = metadataOf(network, licence);
  if (format === 'onnx') {
    return exportOnnx(graph, weights, {
      precision,
      metadata,
      name: 'googlenet',
      description: `GoogLeNet, ${variant} variant`,
    });
  }
  const dtype = precision === 'float16' ? 'F16' : 'F32';
  const named =
    format === 'pytorch-names' ? nameAsSource(variant, weights).weights : withoutConstants(network, auxiliary);
  return writeSafetensors(named, { dtype, metadata });
}

/** Statistics of unusual pictures are tensors of the file that was read, and stay there. */
const leftOut = ['unusual', 'storage'];

/** What the file said of where its weights are from, then what is known of the network. */
function metadataOf(network: GoogLeNet, licence: string | undefined): Record<string, string> {
  const { variant, transformInput, inputShape: input, preprocessing, metadata } = network;
  const kept = Object.entries(metadata).filter(([key]) => !leftOut.includes(key));
  const labels = network.labels.every((label, index) => label === `class ${index}`) ? {} : { labels: network.labels };
  return {
    ...Object.fromEntries(kept),
    ...writeMetadata({
      variant,
      input,
      ...labels,
      ...(transformInput !== undefined && { transformInput }),
      ...(preprocessing !== undefined && { preprocessing: JSON.stringify(preprocessing) }),
      ...(licence !== undefined && { licence }),
    }),
  };
}

/** By our names. Constants are made anew by whoever builds the network. */
function withoutConstants(
  { variant, weights, inputShape: input, transformInput }: GoogLeNet,
  auxiliary: boolean,
): Record<string, Tensor> {
  const options = { input, auxiliary, ...(transformInput !== undefined && { transformInput }) };
  const constants = new Set(Object.keys(constantsOf(variant, options)));
  return Object.fromEntries(Object.entries(weights).filter(([name]) => !constants.has(name)));
}
