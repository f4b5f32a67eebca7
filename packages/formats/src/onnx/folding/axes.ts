import { InputError, normaliseAxis } from '@strata/core';
import { listOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { OnnxNode } from '../reading/types.js';
import { type Known, numbersOf } from './known.js';

/**
 * A node's axes, which are an attribute in older operator sets and an input in newer ones; `undefined` for neither.
 * `InputError` where they are computed at run time.
 */
export function axesOf(
  node: OnnxNode,
  position: number,
  knownOf: (name: string) => Known | undefined,
): readonly number[] | undefined {
  if (!hasInput(node, position)) return listOf(node, 'axes');
  const known = knownOf(node.inputs[position]);
  if (known !== undefined) return numbersOf(known.sizes(), node.name);
  throw new InputError({ where: node.name, got: 'axes that are computed at run time', want: 'constant ones' });
}

/** The axes counted from the first, in rising order. `InputError` where one is given twice. */
export function sortedAxes(axes: readonly number[], rank: number, where: string): readonly number[] {
  const found = [...new Set(axes.map((axis) => normaliseAxis(axis, rank, where)))].sort((a, b) => a - b);
  if (found.length === axes.length) return found;
  throw new InputError({ where, got: `axes ${axes.join(', ')}`, want: 'each axis once' });
}
