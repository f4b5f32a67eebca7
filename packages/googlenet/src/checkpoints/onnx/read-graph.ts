import type { Shape, Tensor } from '@strata/core';
import type { OnnxFileNode, OnnxNetwork } from '@strata/formats/onnx';
// Not from ONNX's own entry, which brings its whole schema.
import { transposeMatrix } from '@strata/formats/weights';
import type { Variant } from '../../network/variants.js';
import { recogniseNetwork } from './recognise-network.js';
import type { Tracer } from './trace.js';
import { readTransform } from './transform.js';
import { type FoundLayer, walkNetwork } from './walk.js';

/** A tensor that is decoded when it is read, by the name that its file has for it. */
export interface PlacedTensor {
  readonly fileName: string;
  readonly shape: Shape;
  read(): Tensor;
}

/** What an ONNX file's network says of its weights. */
export interface GraphReading {
  readonly variant: Variant;
  /** Whether the network itself brings its input to [-1, 1], as torchvision's `transform_input` does. */
  readonly transformInput: boolean;
  /** [channels, height, width] that the network takes, where it takes no other. */
  readonly input: Shape | undefined;
  /** By our parameter names. */
  readonly tensors: ReadonlyMap<string, PlacedTensor>;
}

/** The weights by their places in the network, or why it is none of our variants, in a few words. */
export function readGraph(network: OnnxNetwork): GraphReading | string {
  const found = walkNetwork(network);
  if (found === undefined) return "a network that is not GoogLeNet's";
  const tensors = new Map<string, PlacedTensor>();
  for (const layer of found.layers) {
    const placed = placeLayer(layer, found.tracer);
    if (placed === undefined) return `a ${layer.node.op} for ${layer.layer} whose weights are no constants`;
    for (const [name, tensor] of placed) tensors.set(name, tensor);
  }
  const variant = recogniseNetwork(found);
  if (variant.name === undefined) return variant.why;
  const transform = readTransform(found);
  if (typeof transform === 'string') return transform;
  return { variant: variant.name, transformInput: transform, input: fixedInput(network), tensors };
}

function fixedInput({ inputs }: OnnxNetwork): Shape | undefined {
  const [, ...sizes] = inputs[0]?.shape ?? [];
  const fixed = sizes.filter((size) => typeof size === 'number');
  return inputs.length === 1 && fixed.length === 3 && sizes.length === 3 ? fixed : undefined;
}

function placeLayer({ layer, node, after }: FoundLayer, tracer: Tracer): [string, PlacedTensor][] | undefined {
  const batchNorm = after.find(({ op }) => op === 'BatchNormalization');
  const [, weight, bias] = node.inputs;
  if (node.op !== 'Conv') return placeLinear(layer, node, after, tracer);
  if (batchNorm === undefined) return placeAll(tracer, [`${layer}.weight`, weight], [`${layer}.bias`, bias]);
  // A bias before batch norm would have to be folded into it.
  if (bias !== undefined && bias !== '') return undefined;
  const [, scale, shift, mean, variance] = batchNorm.inputs;
  return placeAll(
    tracer,
    [`${layer}.conv.weight`, weight],
    [`${layer}.bn.scale`, scale],
    [`${layer}.bn.shift`, shift],
    [`${layer}.bn.mean`, mean],
    [`${layer}.bn.variance`, variance],
  );
}

/** Gemm computes alpha·x·B + beta·C; a MatMul's bias is added behind it. */
function placeLinear(
  layer: string,
  node: OnnxFileNode,
  after: readonly OnnxFileNode[],
  tracer: Tracer,
): [string, PlacedTensor][] | undefined {
  const { alpha = 1, beta = 1, transA = 0, transB = 0 } = node.attributes;
  if (alpha !== 1 || beta !== 1 || transA !== 0) return undefined;
  const sum = after.find(({ op }) => op === 'Add');
  const bias = node.op === 'Gemm' ? node.inputs[2] : sum?.inputs.find((name) => tracer.constant(name) !== undefined);
  const placed = placeAll(tracer, [`${layer}.weight`, node.inputs[1]], [`${layer}.bias`, bias]);
  if (placed === undefined || (node.op === 'Gemm' && transB === 1)) return placed;
  return placed.map(([name, tensor]) => [name, tensor.shape.length === 2 ? transposed(tensor) : tensor]);
}

function transposed(tensor: PlacedTensor): PlacedTensor {
  return { ...tensor, shape: tensor.shape.toReversed(), read: () => transposeMatrix(tensor.read(), tensor.fileName) };
}

function placeAll(
  tracer: Tracer,
  ...places: readonly (readonly [ours: string, theirs: string | undefined])[]
): [string, PlacedTensor][] | undefined {
  const placed = places.flatMap(([ours, theirs]): [string, PlacedTensor][] => {
    const tensor = tracer.constant(theirs);
    if (tensor === undefined || theirs === undefined) return [];
    return [[ours, { fileName: theirs, shape: tensor.shape, read: () => tensor.read() }]];
  });
  return placed.length === places.length ? placed : undefined;
}
