import { tensor } from '@strata/core';
import { expect, it } from 'vitest';
import { notKnown } from '../src/unusual/score.js';
import { verdictsOf } from '../src/unusual/verdicts.js';
import { watched } from '../src/unusual/watch.js';

const statistics = {
  input: [1, 8, 9],
  mean: tensor([2], [0, 0]),
  components: tensor([1, 2], [1, 1]),
  joint: tensor([3], [1, 1, 0]),
};
const weights = { 'fc.weight': tensor([1, 2], [1, 2]), 'fc.bias': tensor([1], [0]) };
/** log1p of this is the value. */
const of = (value: number) => Math.expm1(value);

it('each picture of a batch is judged by its own features and its own means', () => {
  const judge = (features: readonly number[], means: readonly number[]) =>
    verdictsOf(statistics, weights, [features.length / 2, 1, 8, 9], {
      [watched.features]: tensor([features.length / 2, 2, 1, 1], features),
      [watched.means]: tensor([means.length / 2, 2, 1, 1], means),
    }).map(({ unusualScore }) => unusualScore ?? Number.NaN);
  // Energy −(a + 2b) and distance log (c + d)², for features a, b and means c, d.
  const score = (energy: number, distance: number) => 1 / (1 + Math.exp(-(energy + distance)));
  const scores = judge([of(1), of(0), of(1), of(1), of(1), of(1)], [of(1), of(1), of(1), of(1), of(3), of(1)]);
  const want = [score(-1, Math.log(4)), score(-3, Math.log(4)), score(-3, Math.log(16))];
  for (const [row, one] of scores.entries()) expect(one).toBeCloseTo(want[row], 6);
  expect(scores).toHaveLength(3);
});

it('at another size nothing is known of any', () => {
  expect(verdictsOf(statistics, weights, [2, 1, 9, 8], {})).toEqual([notKnown, notKnown]);
  expect(verdictsOf(undefined, weights, [1, 1, 8, 9], {})).toEqual([notKnown]);
});
