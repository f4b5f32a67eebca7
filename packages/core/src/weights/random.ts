/** Random numbers that are the same on every machine: whole-number steps, then only + − × ÷ √, which IEEE 754 fixes. */
export interface Random {
  /** 0 ≤ u < 1, in steps of 2⁻²⁴: exact in float32. */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
}

/** The stream of this key; streams of different keys are unrelated. */
export function createRandom(key: string): Random {
  const next = xoshiro128(key);
  const uniform = () => (next() >>> 8) * 2 ** -24;
  // Marsaglia and Bray's polar method (1964). It makes two numbers at a time.
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const saved = spare;
      spare = undefined;
      return saved;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * naturalLog(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
  return { uniform, normal };
}

/** xoshiro128** 1.1 by Blackman and Vigna (https://prng.di.unimi.it/xoshiro128starstar.c): whole numbers below 2³². */
function xoshiro128(key: string): () => number {
  let [a, b, c, d] = [0, 1, 2, 3].map((word) => hash(`${word}:${key}`));
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** FNV-1a over UTF-16 code units, then MurmurHash3's finaliser. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}

/**
 * ln x for 0 < x < 2, as e·ln 2 + 2·artanh s with s = (m − 1)/(m + 1), x = m·2ᵉ and ¾ ≤ m < 1½. Engines' `Math.log`
 * differ in the last bits. Here |s| ≤ 1/5, so the terms left out are below 2·0.2²⁵/25 < 10⁻¹⁸.
 */
export function naturalLog(x: number): number {
  let [mantissa, exponent] = [x, 0];
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  while (mantissa >= 1.5) {
    mantissa /= 2;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  let series = 0;
  for (let power = 23; power >= 1; power -= 2) series = series * s * s + 1 / power;
  return exponent * Math.LN2 + 2 * s * series;
}
