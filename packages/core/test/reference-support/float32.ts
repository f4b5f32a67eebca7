import type { Block, Sums } from './naive.js';

const { fround } = Math;

/** An order in which a right float32 implementation may sum. */
export type Order = (terms: readonly number[], random: () => number) => number;

const serial: Order = (terms) => terms.reduce((total, term) => fround(total + term), 0);

const pairwise: Order = (terms, random) => {
  if (terms.length <= 1) return terms[0] ?? 0;
  const middle = terms.length >> 1;
  return fround(pairwise(terms.slice(0, middle), random) + pairwise(terms.slice(middle), random));
};

export const orders = {
  serial,
  reversed: (terms, random) => serial([...terms].reverse(), random),
  pairwise,
  shuffled: (terms, random) => {
    const rest = [...terms];
    for (let i = rest.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [rest[i], rest[j]] = [rest[j], rest[i]];
    }
    return serial(rest, random);
  },
  /** Eight lanes, as SIMD sums. */
  lanes: (terms, random) =>
    serial(
      Array.from({ length: 8 }, (_, lane) =>
        serial(
          terms.filter((_term, i) => i % 8 === lane),
          random,
        ),
      ),
      random,
    ),
} satisfies Record<string, Order>;

/** The sums in float32, every operation rounded; a divisor divides, or its rounded reciprocal multiplies. */
export function sumInFloat32({ terms, divisors }: Sums, order: Order, random: () => number): Float32Array {
  return Float32Array.from(terms, (products, i) => {
    const sum = order(
      products.map(([w, x]) => fround(w * x)),
      random,
    );
    const divisor = divisors?.[i] ?? 1;
    return i % 2 === 0 ? fround(sum / divisor) : fround(sum * fround(1 / divisor));
  });
}

/** Softmax of the rows of a matrix. */
export function softmaxInFloat32({ shape: [rows, columns], data }: Block): Float32Array {
  const y = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: columns }, (_, i) => data[row * columns + i]);
    const largest = Math.max(...x);
    const powers = x.map((value) => fround(Math.exp(fround(value - largest))));
    const sum = powers.reduce((total, power) => fround(total + power), 0);
    for (const [i, power] of powers.entries()) y[row * columns + i] = power / sum;
  }
  return y;
}

/** LRN of [channels] pixels, the power as exp2(beta·log2 s) of rounded parts. */
export function lrnInFloat32(
  x: readonly number[],
  { size, alpha, beta, k }: { size: number; alpha: number; beta: number; k: number },
): Float32Array {
  const before = Math.floor((size - 1) / 2);
  return Float32Array.from(x, (value, channel) => {
    let squares = 0;
    for (let c = Math.max(0, channel - before); c < Math.min(x.length, channel - before + size); c++) {
      squares = fround(squares + fround(x[c] * x[c]));
    }
    const bracket = fround(k + fround(fround(alpha / size) * squares));
    return fround(value * fround(2 ** fround(-beta * fround(Math.log2(bracket)))));
  });
}

/** Cut to 11 significant bits, to nearest, as TF32 and half do. */
export function shorten(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
  return Math.round(x / unit) * unit;
}
