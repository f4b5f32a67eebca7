import { countElements, type Shape, type Tensor } from '@strata/core';
import fc from 'fast-check';
import { createRandom, type Random } from '../random.js';

const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

const LOW = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, LOWEST, -3.4e38, -3e38, -2e20, -1e10] as const;

/**
 * What the numbers of a tensor look like. All but `normal`, `uniform`, `positive` and `low` are structured: their sums round
 * less kindly than random ones do.
 */
const kinds = {
  /** Gaussian, mean 0, deviation 1. */
  normal: (random: Random) => () => random.gaussian(),
  /** From -1 to 1. */
  uniform: (random: Random) => () => 2 * random.unit() - 1,
  /** From 0.1 to 2: variances. */
  positive: (random: Random) => () => 0.1 + 1.9 * random.unit(),
  /** Either sign, size from 1e-4 to 1e4, evenly by its logarithm. */
  wide: (random: Random) => () => random.sign() * 10 ** (8 * random.unit() - 4),
  constant: (random: Random) => {
    const value = random.gaussian();
    return () => value;
  },
  sorted: (random: Random, count: number) => {
    const sorted = Array.from({ length: count }, () => random.gaussian()).sort((a, b) => a - b);
    return (i: number) => sorted[i];
  },
  /** A row of three values, over and over. */
  repeated: (random: Random) => {
    const row = [random.gaussian(), random.gaussian(), random.gaussian()];
    return (i: number) => row[i % row.length];
  },
  /** Large numbers, each followed by nearly its opposite: sums cancel almost wholly. */
  cancelling: (random: Random) => {
    let last = 0;
    return (i: number) => {
      last = i % 2 === 0 ? 1000 * random.gaussian() : -last * (1 + 1e-6 * random.gaussian());
      return last;
    };
  },
  /** Zeros of both signs among small whole numbers. */
  zeros: (random: Random) => () => random.pick([0, -0, 0, -0, 1, -1, 2]),
  /** Minus infinity, the lowest finite number and others far below zero: where a kernel's running maximum may start. */
  low: (random: Random) => () => random.pick([...LOW, ...LOW, -random.unit(), 2e-38]),
} as const satisfies Record<string, (random: Random, count: number) => (index: number) => number>;

export type ValueKind = keyof typeof kinds;

/** How to fill a tensor: small enough for a failing case to shrink to, and to print. */
export interface Values {
  readonly kind: ValueKind;
  readonly seed: number;
  /** Numbers strewn in, at about one place in eight: NaN and infinities where the op says what they give. */
  readonly specials: readonly number[];
}

const structuredKinds = ['wide', 'constant', 'sorted', 'repeated', 'cancelling', 'zeros'] as const;

const seed = fc.nat({ max: 2 ** 31 - 1 });

/** Activations and weights of any kind; mostly normal. */
export const anyValues: fc.Arbitrary<Values> = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constant('normal' as const), weight: 3 },
    { arbitrary: fc.constantFrom(...structuredKinds), weight: 2 },
  ),
  seed,
  specials: fc.constant([]),
});

/** Above zero: what a variance must be. */
export const positiveValues: fc.Arbitrary<Values> = fc.record({
  kind: fc.constant('positive' as const),
  seed,
  specials: fc.constant([]),
});

/** Far below zero, nearly all of them. */
export const lowValues: fc.Arbitrary<Values> = fc.record({
  kind: fc.constant('low' as const),
  seed,
  specials: fc.constant([]),
});

/** As `anyValues`, in a quarter of the cases with some of these numbers among them. */
export function valuesWith(specials: readonly number[]): fc.Arbitrary<Values> {
  return fc.oneof(
    { arbitrary: anyValues, weight: 3 },
    {
      arbitrary: fc.tuple(anyValues, fc.subarray([...specials], { minLength: 1 })).map(([values, chosen]) => ({
        ...values,
        specials: chosen,
      })),
      weight: 1,
    },
  );
}

export function isStructured({ kind }: Values): boolean {
  return structuredKinds.some((structured) => structured === kind);
}

/** The tensor that these values and this shape stand for; the same every time. */
export function fill(shape: Shape, { kind, seed: start, specials }: Values): Tensor {
  const random = createRandom(start);
  const count = countElements(shape);
  const valueAt = kinds[kind](random, count);
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = valueAt(i);
  if (specials.length > 0) {
    for (let i = 0; i < count; i++) if (random.unit() < 1 / 8) data[i] = random.pick(specials);
  }
  return { shape: [...shape], dtype: 'float32', data };
}
