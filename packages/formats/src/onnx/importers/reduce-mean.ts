import { InputError } from '@strata/core';
import { sortedAxes } from '../folding/axes.js';
import { listOf, numberOf } from '../reading/attributes.js';
import { hasInput } from '../reading/inputs.js';
import type { Importer } from '../reading/types.js';

/** The mean over the two axes of a picture; without `keepdims` they are dropped. Axes are an input since opset 18. */
export const reduceMean: Importer = ({ layers, node, valueAt, constantAt }) => {
  const x = valueAt(0);
  const rank = x.shape.length;
  const given = hasInput(node, 1) ? [...constantAt(1).data] : (listOf(node, 'axes') ?? []);
  const axes = sortedAxes(given, rank, node.name);
  if (rank !== 4 || axes.length !== 2 || axes[0] !== 2 || axes[1] !== 3) {
    throw new InputError({
      where: node.name,
      got: `axes [${given}] of [${x.shape}]`,
      want: 'the two axes of a picture',
    });
  }
  if (numberOf(node, 'keepdims', 1) === 1) return layers.globalAvgPool(node.output, x);
  return layers.flatten(node.output, layers.globalAvgPool(`${node.output}.pool`, x), { axis: 1 });
};
