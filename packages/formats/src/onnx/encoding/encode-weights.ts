import { type Model, nodesOf, type Tensor, WeightsError } from '@strata/core';
import { narrowF16 } from '../../half.js';
import { quoteName } from '../../quote-name.js';
import { type NodeProto, type TensorProto, TensorProto_DataType } from '../generated/onnx_pb.js';
import { encodeAttributes, int } from './attributes.js';
import type { Emitter } from './emitter.js';
import { bytesOf, encodeExternal, encodeInline } from './tensors.js';

/** How weights are stored: as they are, or rounded to float16, which a Cast behind each widens again. */
export type StoredPrecision = 'float32' | 'float16';

/** Weights as ONNX has them. */
export interface EncodedWeights {
  readonly initializers: readonly TensorProto[];
  /** The bytes of those that stay outside the model, by the location that it names. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** The Cast of each float16 weight. */
  readonly casts: readonly NodeProto[];
  /** What a weight is called by the nodes that read it, where that is not its own name. */
  readonly readAs: ReadonlyMap<string, string>;
}

/** The model's weights: those of more than `inlineBytes` bytes outside it. float16 is always inside. */
export function encodeWeights(
  { graph, weights }: Model,
  emitter: Emitter,
  { inlineBytes, precision }: { readonly inlineBytes: number; readonly precision: StoredPrecision },
): EncodedWeights {
  const initializers: TensorProto[] = [];
  const externalData: { path: string; data: Uint8Array }[] = [];
  const casts: NodeProto[] = [];
  const readAs = new Map<string, string>();
  for (const { name } of nodesOf(graph, 'parameter')) {
    const weight = weights[name];
    if (precision === 'float16') {
      const widened = emitter.fresh(name, 'float32');
      initializers.push(encodeHalf(name, weight));
      casts.push(castToFloat32(name, widened));
      readAs.set(name, widened);
    } else if (weight.data.byteLength <= inlineBytes) {
      initializers.push(encodeInline(name, weight));
    } else {
      const path = `weight${externalData.length}`;
      externalData.push({ path, data: bytesOf(weight.data) });
      initializers.push(encodeExternal(name, weight, path));
    }
  }
  return { initializers, externalData, casts, readAs };
}

function encodeHalf(name: string, { shape, data }: Tensor): TensorProto {
  const rawData = new Uint8Array(2 * data.length);
  const values = Float32Array.from(data);
  const misfit = narrowF16(values, new DataView(rawData.buffer));
  if (misfit === -1) return { name, dims: shape, dataType: TensorProto_DataType.FLOAT16, rawData };
  throw new WeightsError({
    where: `tensor ${quoteName(name)}`,
    got: `${values[misfit]} at element ${misfit}, which float16 cannot hold`,
    want: 'magnitudes below 65520',
    hint: 'store it as float32',
  });
}

function castToFloat32(name: string, output: string): NodeProto {
  const attribute = encodeAttributes({ to: int(TensorProto_DataType.FLOAT) });
  return { name: output, opType: 'Cast', input: [name], output: [output], attribute };
}
