import fc from 'fast-check';
import { trialsOf } from './compose.js';
import { shapesFrom } from './sizes.js';
import { anyValues, type Values } from './values.js';

/**
 * Trials of an op of two values: equal shapes, axes of 1 and missing axes on either side, a parameter on the right, and a
 * value with itself.
 */
export const broadcasting = (op: 'add' | 'mul', a: fc.Arbitrary<Values>) =>
  trialsOf(
    fc
      .record({
        shape: shapesFrom(0),
        onesA: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        onesB: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        missing: fc.nat({ max: 3 }),
        whole: fc.boolean(),
        swap: fc.boolean(),
        right: fc.constantFrom('input' as const, 'input' as const, 'parameter' as const, 'same' as const),
        equal: fc.constantFrom(true, false, false, false),
        a,
        b: anyValues,
      })
      .map(({ shape, onesA, onesB, missing, whole, swap, right, equal, a, b }) => {
        const full = shape.map((size, axis) => (!equal && !whole && onesA[axis] ? 1 : size));
        const cut = shape.map((size, axis) => (!equal && onesB[axis] ? 1 : size)).slice(equal ? 0 : missing);
        return {
          inputs: [
            { name: 'a', declared: full, values: a },
            ...(right === 'input' ? [{ name: 'b', declared: cut, values: b }] : []),
          ],
          runs: [{}],
          parameters: { '*': b },
          build: (layers, [left, other]) => {
            const second = right === 'same' ? left : right === 'parameter' ? layers.parameter('b', cut) : other;
            return [swap ? layers[op]('result', second, left) : layers[op]('result', left, second)];
          },
        };
      }),
  );
