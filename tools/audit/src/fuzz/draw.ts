import { createRandom } from '@strata/trials';

/** Choices that a seed decides. */
export interface Draw {
  /** A whole number from 0 to `end`, `end` not included. */
  below(end: number): number;
  one<T>(from: readonly T[]): T;
  /** True once in so many times. */
  once(inTimes: number): boolean;
  bytes(length: number): Uint8Array;
}

/** The choices of case `index`, which do not depend on the cases before it. */
export function createDraw(seed: number, index: number): Draw {
  const { unit } = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const below = (end: number) => Math.floor(unit() * end);
  return {
    below,
    one: (from) => from[below(from.length)],
    once: (inTimes) => below(inTimes) === 0,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
