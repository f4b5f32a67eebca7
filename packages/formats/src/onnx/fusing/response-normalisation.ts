import { type Dim, ownValue, type SymbolicShape, sameShape } from '@strata/core';
import { axesOf } from '../folding/axes.js';
import { unsqueezed } from '../folding/structure.js';
import type { OnnxFileNode } from '../opening/types.js';
import { listOf, numberOf, textOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import { targetOf } from './flattening.js';
import type { Before, Fuser } from './types.js';

/**
 * LRN as PyTorch's exporters spell it: x / (k + alpha · mean)^beta, where mean is AveragePool over [size, 1, 1] of x² as
 * [batch, 1, channels, height, width], with zeros before the first and behind the last channel. An even size has another
 * window in PyTorch than in ONNX, and stays as it is.
 */
export const responseNormalisation: Fuser = (node, before) => {
  const [x = '', root = ''] = node.inputs;
  const shape = before.shapeOf(x);
  const power = before.makerOf(root);
  if (power?.op !== 'Pow' || shape?.length !== 4) return undefined;
  const beta = scalarOf(power.inputs[1], before);
  const sum = withScalar(before.makerOf(power.inputs[0]), 'Add', before);
  if (beta === undefined || sum === undefined) return undefined;
  const product = withScalar(before.makerOf(sum.other), 'Mul', before);
  if (product === undefined) return undefined;
  const size = sizeOfMean(product.other, { x, shape }, before);
  if (size === undefined) return undefined;
  const attributes = { size, alpha: product.scalar, beta, bias: sum.scalar };
  return { ...node, op: 'LRN', attributes, inputs: [x] };
};

/** A node of that operator with one constant number, in either place, and its other input. */
function withScalar(node: OnnxFileNode | undefined, op: string, before: Before) {
  if (node?.op !== op) return undefined;
  const [left = '', right = ''] = node.inputs;
  for (const [other, constant] of [
    [left, right],
    [right, left],
  ]) {
    const scalar = scalarOf(constant, before);
    if (scalar !== undefined) return { other, scalar };
  }
  return undefined;
}

function scalarOf(name: string | undefined, { knownOf }: Before): number | undefined {
  const known = knownOf(name ?? '');
  return known?.kind === 'floats' && known.shape.length === 0 ? known.tensor().data[0] : undefined;
}

/** The number of channels that a mean of x² goes over; `undefined` where it is not that. */
function sizeOfMean(
  name: string,
  { x, shape }: { readonly x: string; readonly shape: SymbolicShape },
  before: Before,
): number | undefined {
  const flat = before.makerOf(name);
  if (flat === undefined || !givesBack(flat, shape, before)) return undefined;
  const pool = before.makerOf(flat.inputs[0]);
  if (pool?.op !== 'AveragePool' || hasWindowOptions(pool)) return undefined;
  const pad = before.makerOf(pool.inputs[0]);
  if (pad?.op !== 'Pad' || textOf(pad, 'mode', 'constant') !== 'constant' || padsOther(pad, before)) return undefined;
  const pads = padsOf(pad, before);
  const [size, ...rest] = listOf(pool, 'kernel_shape') ?? [];
  const half = (size - 1) / 2;
  const wanted = [0, 0, half, 0, 0, 0, 0, half, 0, 0];
  if (!sameShape(rest, [1, 1]) || !Number.isInteger(half) || !sameShape(pads ?? [], wanted)) return undefined;
  const [batch, channels, height, width] = shape;
  const deep = before.makerOf(pad.inputs[0]);
  const isDeep =
    deep !== undefined && sameShape(targetIn(deep, shape, before) ?? [], [batch, 1, channels, height, width]);
  return isDeep && isSquare(before.makerOf(deep.inputs[0]), x, before) ? size : undefined;
}

/** Whether Squeeze or Reshape makes four axes of five again, those of the picture. */
function givesBack(node: OnnxFileNode, shape: SymbolicShape, before: Before): boolean {
  if (node.op === 'Squeeze') return sameShape(axesOf(node, 1, before.knownOf) ?? [], [1]);
  const target = node.op === 'Reshape' ? (targetOf(node, before) ?? []) : [];
  return target.length === 4 && target.every((size, axis) => size === shape[axis] || size === -1);
}

/** Whether it is a pool whose windows do not touch each other's places one by one. */
function hasWindowOptions(pool: OnnxFileNode): boolean {
  const others = [...(listOf(pool, 'strides') ?? []), ...(listOf(pool, 'dilations') ?? [])];
  const pads = listOf(pool, 'pads') ?? [];
  const autoPad = textOf(pool, 'auto_pad', 'NOTSET');
  const padded = pads.some((pad) => pad !== 0) || numberOf(pool, 'ceil_mode', 0) === 1;
  return padded || others.some((step) => step !== 1) || (autoPad !== 'NOTSET' && autoPad !== 'VALID');
}

function padsOther(pad: OnnxFileNode, before: Before): boolean {
  const value = hasInput(pad, 2) ? scalarOf(pad.inputs[2], before) : (ownValue(pad.attributes, 'value') ?? 0);
  return value !== 0 || hasInput(pad, 3);
}

function padsOf(pad: OnnxFileNode, { knownOf }: Before): readonly Dim[] | undefined {
  return hasInput(pad, 1) ? knownOf(pad.inputs[1])?.sizes() : listOf(pad, 'pads');
}

/** What Reshape or Unsqueeze makes of that shape, as far as it is told: −1 takes what is open. */
function targetIn(node: OnnxFileNode, shape: SymbolicShape, before: Before): readonly Dim[] | undefined {
  if (node.op === 'Unsqueeze') return unsqueezed(shape, axesOf(node, 1, before.knownOf) ?? [], node.name);
  if (node.op !== 'Reshape') return undefined;
  const [batch, , , width] = shape;
  return targetOf(node, before)?.map((size, axis) => {
    if (size !== -1 && !(size === 0 && axis === 0)) return size;
    return axis === 0 ? batch : axis === 4 ? width : size;
  });
}

function isSquare(node: OnnxFileNode | undefined, x: string, before: Before): boolean {
  if (node?.op === 'Mul') return node.inputs.length === 2 && node.inputs.every((name) => name === x);
  return node?.op === 'Pow' && node.inputs[0] === x && scalarOf(node.inputs[1], before) === 2;
}
