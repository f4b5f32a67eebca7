import { ownValue, UnsupportedError } from '@strata/core';
import { isFloatType } from '../../decode-floats.js';
import type { OnnxAttributes } from '../reading/types.js';
import type { ReadNode } from './read-node.js';
import type { OnnxFileNode, OnnxTensor } from './types.js';

/** Nodes without those that only name a constant, and all constants by name. */
export interface Resolved {
  readonly nodes: readonly OnnxFileNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/**
 * Takes the nodes whose value is known before the network runs out of the list: Constant, and Identity and Cast to
 * float32 of what is known. Exporters write Identity for weights that several nodes share, and Cast for weights that are
 * stored in fewer bits; both give what `read` of the tensor gives.
 */
export function resolveConstants(nodes: readonly ReadNode[], initialisers: ReadonlyMap<string, OnnxTensor>): Resolved {
  const constants = new Map(initialisers);
  const rest: OnnxFileNode[] = [];
  for (const { tensors, ...node } of nodes) {
    const constant = node.op === 'Constant' ? constantOf(node, tensors) : sameValue(node, constants);
    if (constant === undefined) rest.push(tensors.size === 0 ? node : { ...node, tensors });
    else constants.set(node.output, constant);
  }
  return { nodes: rest, constants };
}

/** `undefined` for texts and sparse tensors. */
function constantOf(
  { name, attributes }: OnnxFileNode,
  tensors: ReadonlyMap<string, OnnxTensor>,
): OnnxTensor | undefined {
  return tensors.get('value') ?? ofFloats(attributes, name) ?? ofInts(attributes, name);
}

function ofFloats(attributes: OnnxAttributes, name: string): OnnxTensor | undefined {
  const numbers = numbersOf(attributes, 'value_float', 'value_floats');
  if (numbers === undefined) return undefined;
  const { shape, values } = numbers;
  return {
    dtype: 'float32',
    shape,
    byteLength: 4 * values.length,
    read: () => ({ shape, dtype: 'float32', data: Float32Array.from(values) }),
    readWhole() {
      throw new UnsupportedError({ where: name, got: 'float32', want: 'whole numbers' });
    },
  };
}

function ofInts(attributes: OnnxAttributes, name: string): OnnxTensor | undefined {
  const numbers = numbersOf(attributes, 'value_int', 'value_ints');
  if (numbers === undefined) return undefined;
  const { shape, values } = numbers;
  return {
    dtype: 'int64',
    shape,
    byteLength: 8 * values.length,
    read() {
      throw new UnsupportedError({ where: name, got: 'int64', want: 'float64, float32, float16 or bfloat16' });
    },
    readWhole: () => values,
  };
}

/** One number, which has no axes, or several in a row. */
function numbersOf(
  attributes: OnnxAttributes,
  one: string,
  several: string,
): { readonly shape: readonly number[]; readonly values: readonly number[] } | undefined {
  const number = ownValue(attributes, one);
  if (typeof number === 'number') return { shape: [], values: [number] };
  const values = ownValue(attributes, several);
  if (values === undefined || typeof values === 'number' || typeof values === 'string') return undefined;
  return { shape: [values.length], values };
}

/** ONNX's float32, as a Cast names it; the first operator sets had a text. */
const float32: readonly unknown[] = [1, 'FLOAT'];

/** The constant that a node passes on. */
function sameValue(
  { op, inputs: [input = ''], attributes }: OnnxFileNode,
  constants: ReadonlyMap<string, OnnxTensor>,
): OnnxTensor | undefined {
  const constant = constants.get(input);
  if (constant === undefined || op === 'Identity') return constant;
  const isCast = op === 'Cast' && float32.includes(ownValue(attributes, 'to'));
  return isCast && isFloatType(constant.dtype) ? constant : undefined;
}
