import { InputError, type SymbolicShape } from '@strata/core';
import { numberOf } from '../reading/attributes.js';
import type { Importer, OnnxNode } from '../reading/types.js';

/** Before opset 13 the axes from `axis` on count as one: the same thing where all but one of them have one place. */
export const softmax: Importer = ({ layers, node, valueAt }) => {
  const x = valueAt(0);
  const axis = numberOf(node, 'axis', node.opset < 13 ? 1 : -1);
  return layers.softmax(node.output, x, { axis: node.opset < 13 ? onlyAxis(node, x.shape, axis) : axis });
};

function onlyAxis({ name, opset }: OnnxNode, shape: SymbolicShape, given: number): number {
  const last = shape.length - 1;
  const first = given < 0 ? given + shape.length : given;
  const wide = shape.flatMap((size, axis) => (axis >= first && size !== 1 ? [axis] : []));
  if (first === last || wide.length === 0) return last;
  if (wide.length === 1) return wide[0];
  throw new InputError({
    where: name,
    got: `softmax of opset ${opset} over axes ${first} to ${last}`,
    want: 'one axis',
  });
}
