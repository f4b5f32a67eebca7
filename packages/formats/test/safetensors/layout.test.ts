import { tensor } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowBF16, narrowF16, widenBF16, widenF16 } from '../../src/half.js';
import { openSafetensors, writeSafetensors } from '../../src/safetensors/index.js';
import { fileOf } from '../support/file-of.js';

const wideners = { F16: widenF16, BF16: widenBF16 } as const;
const narrowers = { F16: narrowF16, BF16: narrowBF16 } as const;

/** float32 values by their bits: any NaN, subnormal and infinity. */
const anyBits = fc.array(
  fc.oneof(fc.nat(0xffffffff), fc.integer({ min: 0x7f800001, max: 0x7f80ffff }), fc.nat(0x7fffff)),
  { maxLength: 20 },
);

describe('half-wide types', () => {
  it.each(['F16', 'BF16'] as const)(
    'come back from a file as %s rounds them; NaN of any payload stays NaN',
    (dtype) => {
      fc.assert(
        fc.property(anyBits, (patterns) => {
          const values = new Float32Array(Uint32Array.from(patterns).buffer);
          const target = new DataView(new ArrayBuffer(2 * values.length));
          if (narrowers[dtype](values, target) !== -1) return;
          const want = wideners[dtype](target, values.length);
          const read = openSafetensors(writeSafetensors({ w: tensor([values.length], values) }, { dtype }))
            .tensors.get('w')
            ?.read();
          expect(read?.data).toEqual(want);
          expect([...want].map(Number.isNaN)).toEqual([...values].map(Number.isNaN));
          // Both types keep the sign and the infinities, and round small steps only.
          for (const [i, value] of want.entries()) {
            if (Number.isNaN(value) || !Number.isFinite(values[i])) continue;
            expect(Math.abs(value - values[i])).toBeLessThanOrEqual(Math.max(Math.abs(values[i]) * 2 ** -8, 2 ** -24));
          }
        }),
        { numRuns: 2000 },
      );
    },
  );
});

describe('the order in a file', () => {
  it('is that of the code units, on every machine', () => {
    const names = ['b', 'a', 'B', 'ä', '_', '10', '9', 'Z', 'z', ''];
    const bytes = writeSafetensors(Object.fromEntries(names.map((name, index) => [name, tensor([1], [index])])));
    const { tensors } = openSafetensors(bytes);
    // Names that are whole numbers come first when JSON is parsed, so the data tells.
    const values = new Float32Array(bytes.slice(-4 * names.length).buffer);
    expect([...values].map((index) => names[index])).toEqual(['', '10', '9', 'B', 'Z', '_', 'a', 'b', 'z', 'ä']);
    for (const [index, name] of names.entries()) expect(tensors.get(name)?.read().data[0]).toBe(index);
  });

  it('may put an empty tensor behind a full one that starts at the same byte', () => {
    const full = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
    expect([...openSafetensors(fileOf({ full, empty }, 4)).tensors.keys()]).toEqual(['full', 'empty']);
  });
});
