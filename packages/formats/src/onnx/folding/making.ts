import { countElements, InputError, productOf, UnsupportedError } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import { knownFloats, knownOf, knownSizes, numbersOf } from './known.js';
import type { Folder } from './types.js';

/** The sizes of a value, which need not be known itself. */
export const shape: Folder = ({ node, shapeAt }) => {
  const whole = shapeAt(0);
  const rank = whole.length;
  const sizes = whole.slice(numberOf(node, 'start', 0), numberOf(node, 'end', rank));
  return knownSizes([sizes.length], () => sizes, node.name);
};

/** How many elements a value has. */
export const size: Folder = ({ node, shapeAt }) => {
  const count = productOf(shapeAt(0));
  return knownSizes([], () => [count], node.name);
};

/** One value, 0 unless the node says another, in a shape. */
export const constantOfShape: Folder = ({ node, knownAt, charge }) => {
  const sizes = numbersOf(knownAt(0).sizes(), node.name);
  if (sizes.some((one) => one < 0)) throw new InputError({ where: node.name, got: `[${sizes}]`, want: 'sizes' });
  const count = countElements(sizes);
  charge(count);
  const stored = node.tensors?.get('value');
  const value = stored && knownOf(stored, node.name);
  if (value?.kind !== 'sizes') {
    return knownFloats(sizes, () => new Float32Array(count).fill(value?.tensor().data[0] ?? 0), node.name);
  }
  return knownSizes(sizes, () => new Array(count).fill(value.sizes()[0]), node.name);
};

/** ONNX's numbers of the types that are whole, and of those that float32 stands for. */
const wholeTypes: readonly unknown[] = [2, 3, 4, 5, 6, 7, 9, 12, 13, 'INT64', 'INT32'];
const floatTypes: readonly unknown[] = [1, 'FLOAT'];

/** Between whole numbers, from them to float32, and from floats down to whole numbers. */
export const cast: Folder = ({ node, knownAt, charge }) => {
  const x = knownAt(0);
  const { to } = node.attributes;
  const isWhole = wholeTypes.includes(to);
  if (!isWhole && !floatTypes.includes(to)) {
    throw new UnsupportedError({
      where: node.name,
      got: `a Cast to type ${String(to)}`,
      want: 'float32 or whole numbers',
    });
  }
  if (isWhole === (x.kind === 'sizes')) return x;
  charge(countElements(x.shape));
  if (isWhole) return knownSizes(x.shape, () => Array.from(x.tensor().data, Math.trunc), node.name);
  return knownFloats(x.shape, () => Float32Array.from(x.tensor().data), node.name);
};

export const identity: Folder = ({ knownAt }) => knownAt(0);
