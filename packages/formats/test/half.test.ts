import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowBF16, narrowF16, widenBF16, widenF16 } from '../src/half.js';

const ALL = 65536;
const patterns = Uint16Array.from({ length: ALL }, (_, bits) => bits);

/** The value of a 16-bit float by its definition: (−1)^s · 2^(e − bias) · (1 + f / 2^fractionBits). */
function meaningOf(bits: number, exponentBits: number): number {
  const fractionBits = 15 - exponentBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const sign = bits >>> 15 === 1 ? -1 : 1;
  const exponent = (bits & 0x7fff) >>> fractionBits;
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** (1 - bias) * fraction : sign * 2 ** (exponent - bias) * (1 + fraction);
}

const formats = [
  { name: 'F16', exponentBits: 5, widen: widenF16, narrow: narrowF16 },
  { name: 'BF16', exponentBits: 8, widen: widenBF16, narrow: narrowBF16 },
] as const;

describe.each(formats)('$name', ({ exponentBits, widen, narrow }) => {
  const widened = widen(new DataView(patterns.buffer), ALL);

  it('widens all 65,536 patterns to their values', () => {
    const wrong = [...patterns].filter((bits) => !Object.is(widened[bits], meaningOf(bits, exponentBits)));
    expect(wrong).toEqual([]);
  });

  it('narrows each of its own values to the pattern it came from; NaN stays NaN', () => {
    const back = new Uint16Array(ALL);
    expect(narrow(widened, new DataView(back.buffer))).toBe(-1);
    const isNaNPattern = (bits: number) => Number.isNaN(meaningOf(bits, exponentBits));
    expect([...patterns].filter((bits) => back[bits] !== bits && !isNaNPattern(bits))).toEqual([]);
    expect([...patterns].filter((bits) => isNaNPattern(bits) !== isNaNPattern(back[bits]))).toEqual([]);
  });

  it('rounds to the nearest value, ties to even', () => {
    // Positive finite patterns in order are the values in order, so the neighbours of x are found by bisection.
    const infinity = patterns.findIndex((bits) => meaningOf(bits, exponentBits) === Number.POSITIVE_INFINITY);
    const [least, most] = [0, widened[infinity - 1]];
    const near = fc
      .tuple(fc.nat(infinity - 2), fc.constantFrom(0.25, 0.49999, 0.5, 0.50001, 0.75))
      .map(([low, part]) => Math.fround(widened[low] + part * (widened[low + 1] - widened[low])));
    fc.assert(
      fc.property(fc.oneof(near, fc.float({ min: least, max: most, noNaN: true })), fc.boolean(), (x, negative) => {
        let low = 0;
        for (let high = infinity; high - low > 1; ) {
          const middle = (low + high) >>> 1;
          if (widened[middle] <= x) low = middle;
          else high = middle;
        }
        const up = low + 1 === infinity ? Number.POSITIVE_INFINITY : widened[low + 1] - x;
        const down = x - widened[low];
        const nearest = down < up ? low : up < down ? low + 1 : low % 2 === 0 ? low : low + 1;
        const target = new Uint16Array(1);
        narrow(Float32Array.of(negative ? -x : x), new DataView(target.buffer));
        expect(target[0]).toBe(nearest + (negative ? 0x8000 : 0));
      }),
      { numRuns: 3000 },
    );
  });

  it('tells the first finite value that would round to infinity', () => {
    const infinity = patterns.findIndex((bits) => meaningOf(bits, exponentBits) === Number.POSITIVE_INFINITY);
    const most = widened[infinity - 1];
    const step = most - widened[infinity - 2];
    const least = Math.fround(most + step / 2);
    const below = new Float32Array(1);
    new Uint32Array(below.buffer)[0] = new Uint32Array(Float32Array.of(least).buffer)[0] - 1;
    const target = new DataView(new ArrayBuffer(8));
    expect(narrow(Float32Array.of(1, below[0], Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), target)).toBe(-1);
    expect(target.getUint16(2, true)).toBe(infinity - 1);
    expect(narrow(Float32Array.of(1, Number.NaN, -least, least), target)).toBe(2);
  });
});
