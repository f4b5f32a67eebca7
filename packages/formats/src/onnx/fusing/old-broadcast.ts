import { InputError } from '@strata/core';
import { inShape } from '../folding/structure.js';
import { numberOf } from '../reading/attributes.js';
import type { Fuser } from './types.js';

/** The operator set from which on operators broadcast as NumPy does. */
const firstOfNumPy = 7;

/**
 * Add, Sub, Mul and Div of old operator sets, whose `axis` says where the second input begins in the first: as NumPy has
 * it, with an axis of one place for each that is left.
 */
export const oldBroadcast: Fuser = (node, { knownOf, shapeOf }) => {
  const rank = shapeOf(node.inputs[0] ?? '')?.length;
  if (node.opset >= firstOfNumPy || !Object.hasOwn(node.attributes, 'axis') || rank === undefined) return undefined;
  const known = knownOf(node.inputs[1] ?? '');
  const given = numberOf(node, 'axis', 0);
  const axis = given < 0 ? given + rank : given;
  if (known === undefined) {
    throw new InputError({ where: node.name, got: `axis ${given} of an input of run time`, want: 'a constant' });
  }
  const after = rank - axis - known.shape.length;
  if (after < 0) {
    throw new InputError({ where: node.name, got: `[${known.shape}] from axis ${given} on`, want: `${rank} axes` });
  }
  const shape = [...known.shape, ...new Array<number>(after).fill(1)];
  return { ...node, opset: firstOfNumPy, known: new Map([[1, inShape(known, shape, node.name)]]) };
};
