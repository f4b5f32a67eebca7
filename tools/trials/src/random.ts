/** Random numbers that a seed decides. */
export interface Random {
  /** From 0 to 1, 1 not included. */
  unit(): number;
  sign(): number;
  /** Mean 0, deviation 1. */
  gaussian(): number;
  pick(from: readonly number[]): number;
}

/** Numbers from a seed by the SplitMix32 generator; Gaussian ones by Box and Muller. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  function unit(): number {
    state = (state + 0x9e3779b9) | 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  }
  return {
    unit,
    sign: () => (unit() < 0.5 ? -1 : 1),
    gaussian: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (from) => from[Math.floor(unit() * from.length)],
  };
}
