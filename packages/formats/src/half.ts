/**
 * float32 ↔ the two 16-bit formats, on bit patterns. F16 is IEEE 754 binary16 (5 exponent bits, 10 of fraction), BF16
 * the upper half of a float32. Widening is exact; narrowing rounds to nearest, ties to even. NaN stays NaN.
 */

/** Bits between the ends of the two fractions: 23 − 10. */
const F16_SHIFT = 13;
/** The difference of the exponent biases, 127 − 15, at float32's place. */
const F16_REBIAS = 112 << 23;
const F32_INFINITY = 0x7f800000;
/** 65520, the least magnitude that rounds to infinity in F16. */
const F16_OVERFLOW = 0x477ff000;
/** 2⁻¹⁴, the least normal F16. */
const F16_LEAST_NORMAL = 0x38800000;
/** The least magnitude that rounds to infinity in BF16. */
const BF16_OVERFLOW = 0x7f7f8000;
/** 2⁵²: float64 has no fraction from here on, so adding and subtracting it rounds to a whole number, ties to even. */
const ROUND = 2 ** 52;

/** The values of F16 bit patterns: `count` little-endian numbers from the start of `source`. */
export function widenF16(source: DataView, count: number): Float32Array {
  // There are millions of weights, and looking a value up takes half the time of computing it.
  f16Values ??= listF16Values();
  const table = f16Values;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = table[source.getUint16(2 * i, true)];
  return values;
}

let f16Values: Float32Array | undefined;

/** The value of every F16 bit pattern. */
function listF16Values(): Float32Array {
  const values = new Float32Array(0x10000);
  const bits = bitsOf(values);
  for (let half = 0; half < 0x8000; half++) {
    if (half < 0x400) values[half] = 2 ** -24 * half;
    else if (half < 0x7c00) bits[half] = (half << F16_SHIFT) + F16_REBIAS;
    else bits[half] = F32_INFINITY | ((half & 0x3ff) << F16_SHIFT);
    bits[half | 0x8000] = bits[half] | 0x80000000;
  }
  return values;
}

/** The values of BF16 bit patterns: `count` little-endian numbers from the start of `source`. */
export function widenBF16(source: DataView, count: number): Float32Array {
  const values = new Float32Array(count);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < count; i++) bits[i] = source.getUint16(2 * i, true) << 16;
  return values;
}

/** Writes F16 bit patterns. Returns the index of the first finite value that F16 cannot hold, or −1. */
export function narrowF16(values: Float32Array, target: DataView): number {
  const words = bitsOf(values);
  for (let i = 0; i < words.length; i++) {
    const magnitude = words[i] & 0x7fffffff;
    if (magnitude >= F16_OVERFLOW && magnitude < F32_INFINITY) return i;
    target.setUint16(2 * i, ((words[i] >>> 16) & 0x8000) | narrowMagnitude(magnitude, values[i]), true);
  }
  return -1;
}

function narrowMagnitude(magnitude: number, value: number): number {
  if (magnitude > F32_INFINITY) return 0x7e00 | ((magnitude >>> F16_SHIFT) & 0x3ff);
  if (magnitude === F32_INFINITY) return 0x7c00;
  if (magnitude < F16_LEAST_NORMAL) return Math.abs(value) * 2 ** 24 + ROUND - ROUND;
  return (magnitude - F16_REBIAS + 0xfff + ((magnitude >>> F16_SHIFT) & 1)) >>> F16_SHIFT;
}

/** Writes BF16 bit patterns. Returns the index of the first finite value that BF16 cannot hold, or −1. */
export function narrowBF16(values: Float32Array, target: DataView): number {
  const words = bitsOf(values);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    const magnitude = word & 0x7fffffff;
    if (magnitude >= BF16_OVERFLOW && magnitude < F32_INFINITY) return i;
    const half = magnitude > F32_INFINITY ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
    target.setUint16(2 * i, half, true);
  }
  return -1;
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}
