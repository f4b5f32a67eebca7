import { InputError, type SliceOptions, type Value } from '@strata/core';
import { listOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import { TO_THE_END } from '../reading/slicing.js';
import type { Importer, Importing } from '../reading/types.js';

/**
 * A slice for each axis, one behind the other; the last has the node's name. What is taken stands in attributes before
 * opset 10, and in inputs from there on. Negative steps are refused, for core only goes forward.
 */
export const slice: Importer = ({ layers, ...importing }) => {
  const { node, valueAt } = importing;
  const slices = slicesOf(importing);
  return slices.reduce<Value>((x, options, index) => {
    const name = index === slices.length - 1 ? node.output : `${node.output}.axis${options.axis}`;
    return layers.slice(name, x, options);
  }, valueAt(0));
};

function slicesOf({ node, constantAt }: Omit<Importing, 'layers'>): readonly SliceOptions[] {
  const { name, opset } = node;
  const list = (key: string, position: number): readonly number[] | undefined => {
    if (opset < 10) return listOf(node, key);
    return hasInput(node, position) ? [...constantAt(position).data] : undefined;
  };
  const starts = list('starts', 1) ?? [];
  const ends = list('ends', 2) ?? [];
  const axes = list('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = list('steps', 4) ?? starts.map(() => 1);
  if (starts.length === 0 || [ends, axes, steps].some(({ length }) => length !== starts.length)) {
    const counts = [starts, ends, axes, steps].map(({ length }) => length).join(', ');
    throw new InputError({ where: name, got: `${counts} starts, ends, axes and steps`, want: 'as many of each' });
  }
  return starts.map((start, index): SliceOptions => {
    const [axis, end, step] = [axes[index], ends[index], steps[index]];
    if (step < 1) {
      const hint = 'a step below 0 turns the axis round, which no layer does';
      throw new InputError({ where: name, got: `a step of ${step} along axis ${axis}`, want: 'at least 1', hint });
    }
    return { axis, start, step, ...(end < TO_THE_END ? { end } : {}) };
  });
}
