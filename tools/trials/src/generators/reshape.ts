import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { plans, runsOfShape, shapesFrom } from './sizes.js';
import { valuesWith } from './values.js';

/** The most axes of a result, as of all trials. */
const mostAxes = 6;

/**
 * Some first axes copied, the others joined and taken apart anew, one of them perhaps as −1; open axes that are not
 * copied go into that one.
 */
export const reshapeTrials = trialsOf(
  fc
    .record({
      shape: shapesFrom(0),
      copied: fc.nat({ max: 3 }),
      opened: fc.constantFrom('all' as const, 'first' as const),
      cuts: fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
      turn: fc.nat({ max: 17 }),
      free: fc.nat({ max: 8 }),
      plan: plans,
      x: valuesWith([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    })
    .map(({ shape, copied, opened, cuts, turn, free, plan, x }) => {
      const { declared: all, runs } = runsOfShape(shape, plan);
      // The first axis alone differs between runs.
      const declared = opened === 'all' ? all : all.map((size, axis) => (axis === 0 ? size : shape[axis]));
      const kept = new Array<number>(Math.min(copied, shape.length)).fill(0);
      const rest = declared.slice(kept.length);
      const known = rest.filter((size) => typeof size === 'number');
      const sizes = regroup(known, { cuts, turn, most: mostAxes - kept.length - 1 });
      const target =
        known.length < rest.length ? [-1, ...sizes] : sizes.map((size, axis) => (axis === free ? -1 : size));
      return {
        inputs: [{ name: 'x', declared, values: x }],
        runs,
        parameters: {},
        build: (layers, [value]) => [layers.reshape('reshaped', value, { shape: [...kept, ...target] })],
      };
    }),
);

interface Grouping {
  readonly cuts: readonly boolean[];
  readonly turn: number;
  readonly most: number;
}

/** Other sizes with the same product: the factors in another order, joined but where there are cuts. */
function regroup(sizes: readonly number[], { cuts, turn, most }: Grouping): number[] {
  const factors = sizes.flatMap(factorsOf);
  const from = factors.length === 0 ? 0 : turn % factors.length;
  const joined: number[] = [];
  for (const [index, factor] of [...factors.slice(from), ...factors.slice(0, from)].entries()) {
    if (joined.length === 0 || (cuts[index] && joined.length < most)) joined.push(factor);
    else joined[joined.length - 1] *= factor;
  }
  // An axis of one element may stand anywhere.
  if (cuts[17] && joined.length < most) joined.splice(turn % (joined.length + 1), 0, 1);
  return joined;
}

/** Of a size up to 6; of a larger one itself. */
function factorsOf(size: number): number[] {
  if (size === 1) return [];
  for (const factor of [2, 3]) if (size % factor === 0) return [factor, ...factorsOf(size / factor)];
  return [size];
}
