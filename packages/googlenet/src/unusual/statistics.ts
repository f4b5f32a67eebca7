import { formatShape, type Shape, sameShape, type Tensor, type Weights, WeightsError } from '@strata/core';

/** What is known of the pictures that weights were trained on, and how to judge another by it. */
export interface UnusualStatistics {
  /** [channels, height, width] of the pictures that they hold for. */
  readonly input: Shape;
  /** Mean of log1p of each channel mean. [channels] */
  readonly mean: Tensor;
  /** Principal components, each divided by the standard deviation along it. [components, channels] */
  readonly components: Tensor;
  /** Factors of energy and distance, and what is added: the sum is above 0 for an unusual picture. [3] */
  readonly joint: Tensor;
}

/** Names of the tensors in a weights file, reserved: no parameter begins so. */
const prefix = 'unusual.';

/** What the tensors of the statistics are called in a weights file. */
export const statisticsNames = {
  mean: `${prefix}mean`,
  components: `${prefix}components`,
  joint: `${prefix}joint`,
} as const;

/** Whether a tensor of a weights file holds statistics and is no parameter. */
export function isStatistic(name: string): boolean {
  return name.startsWith(prefix);
}

/**
 * The statistics among a checkpoint's tensors; `undefined` where there are none, or nothing says at which size they hold.
 * `input` is the size that the weights were trained at. `WeightsError` unless all are there, fit together and are finite:
 * a damaged part is not taken for one that was never there.
 */
export function readStatistics(
  tensors: Weights,
  input: Shape | undefined,
  where: string,
): UnusualStatistics | undefined {
  const { mean, components, joint } = statisticsNames;
  const given = Object.keys(tensors);
  if (given.length === 0) return undefined;
  const found = [mean, components, joint].map((name) => (Object.hasOwn(tensors, name) ? tensors[name] : undefined));
  const [center, rows, sum] = found;
  const wanted = `${mean} [channels], ${components} [components,channels] and ${joint} [3], finite`;
  if (center === undefined || rows === undefined || sum === undefined) {
    throw new WeightsError({ where, got: `of the statistics only ${given.join(', ')}`, want: wanted });
  }
  const [count] = rows.shape;
  const fits =
    center.shape.length === 1 && sameShape(rows.shape, [count, ...center.shape]) && sameShape(sum.shape, [3]);
  const finite = [center, rows, sum].every(({ data }) => data.every((value: number) => Number.isFinite(value)));
  if (!fits || !finite) {
    const shapes = given.map((name) => `${name} ${formatShape(tensors[name].shape)}`).join(', ');
    throw new WeightsError({ where, got: fits ? 'statistics that are not finite' : shapes, want: wanted });
  }
  return input === undefined ? undefined : { input, mean: center, components: rows, joint: sum };
}
