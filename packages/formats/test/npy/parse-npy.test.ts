import { InputError } from '@strata/core';
import fc from 'fast-check';
import { dump } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { parseNpy } from '../../src/npy/parse-npy.js';

const where = 'x.npy';

describe('parseNpy', () => {
  it('gives back what was written, in every rank', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), (shape) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const data = Float32Array.from({ length: count }, (_, index) => index / 3);
        expect(parseNpy(new Uint8Array(dump(data, shape)), where)).toEqual({ shape, dtype: 'float32', data });
      }),
    );
  });

  it('reads versions 2 and 3, whose header length has four bytes', () => {
    const file = (version: number, length: number) => {
      const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".padEnd(length - 1).concat('\n');
      const size = new Uint8Array(Uint32Array.of(length).buffer);
      const data = new Uint8Array(Float32Array.of(1.5, -2).buffer);
      return Uint8Array.from([...magic, version, 0, ...size, ...Buffer.from(text), ...data]);
    };
    for (const version of [2, 3]) {
      expect(parseNpy(file(version, 116), where)).toEqual({
        shape: [2],
        dtype: 'float32',
        data: Float32Array.of(1.5, -2),
      });
      // More than two bytes can say.
      expect(() => parseNpy(file(version, 65_556), where)).toThrow('a header of 65556 bytes, want at most 10000');
    }
  });

  it('takes spaces wherever Python does', () => {
    const bytes = header("{'descr' : '<f4', 'fortran_order' : False, 'shape' : ( 2 , 1, ), }");
    expect(parseNpy(Uint8Array.from([...bytes, ...new Uint8Array(8)]), where).shape).toEqual([2, 1]);
  });

  it('reports a file that is cut short anywhere as damaged', () => {
    const whole = npy('<f4', '(2, 3)', 24);
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseNpy(whole.slice(0, length), where), `${length} bytes`).toThrow(InputError);
    }
  });

  it('throws nothing but InputError for any bytes', () => {
    const whole = npy('<f4', '(2, 3)', 24);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (position, byte) => {
        const bytes = whole.slice();
        bytes[position] = byte;
        try {
          expect(parseNpy(bytes, where).data).toHaveLength(6);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['no magic', Uint8Array.from(Buffer.from('PK\x03\x04 and more, for this is a .npz'))],
    ['magic alone', Uint8Array.from(magic)],
    ['version 0', Uint8Array.from([...magic, 0])],
    ['version 2 without the length of its header', Uint8Array.from([...magic, 2, 0, 116, 0, 0])],
    ['a header without an order', Uint8Array.from(header("{'descr': '<f4', 'shape': (1,)}"))],
    ['version 4', Uint8Array.from([...magic, 4, 0, 0, 0, 0, 0])],
    ['a header that ends behind the file', Uint8Array.from([...magic, 1, 0, 255, 255])],
    ['data at an odd byte', Uint8Array.from([...magic, 1, 0, 3, 0, 0x7b, 0x7d, 0x0a])],
    ['float64', npy('<f8', '(1, 4, 4)', 128)],
    ['big-endian float32', npy('>f4', '(1, 4, 4)', 64)],
    ['bytes', npy('|u1', '(1, 4, 4)', 16)],
    ['objects', npy('|O', '(1, 4, 4)', 16)],
    ['Fortran order', npy('<f4', '(1, 4, 4)', 64, 'True')],
    ['a shape of words', npy('<f4', '(one, 4)', 64)],
    ['a huge shape', npy('<f4', '(99999999999999999999, 4)', 64)],
    ['a negative shape', npy('<f4', '(-1, 4)', 64)],
    ['too little data', npy('<f4', '(1, 4, 4)', 60)],
    ['too much data', npy('<f4', '(1, 4, 4)', 68)],
    [
      'a structured type',
      Uint8Array.from([...header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}")]),
    ],
    ['an empty header', Uint8Array.from(header('{}'))],
  ])('refuses %s', (_, bytes) => {
    let message = 'nothing thrown';
    try {
      parseNpy(bytes, where);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toMatchSnapshot();
  });
});

const magic = [0x93, ...Buffer.from('NUMPY')];

function header(text: string): number[] {
  const padded = text.padEnd(117).concat('\n');
  return [...magic, 1, 0, padded.length, 0, ...Buffer.from(padded)];
}

function npy(type: string, shape: string, dataBytes: number, fortran = 'False'): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  return Uint8Array.from([...header(text), ...new Uint8Array(dataBytes)]);
}
