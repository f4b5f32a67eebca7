import fc from 'fast-check';
import { dump } from 'npyjs';
import { expect, it } from 'vitest';
import { parseNpy } from '../../src/npy/parse-npy.js';

it('a .npy file is read from wherever it lies in a larger buffer, and its values are a copy', () => {
  const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(shapes, fc.nat(9), fc.nat(5), fc.infiniteStream(fc.float()), (shape, before, after, values) => {
      const count = shape.reduce((product, size) => product * size, 1);
      const data = Float32Array.from({ length: count }, () => values.next().value ?? 0);
      const file = new Uint8Array(dump(data, shape));
      const larger = new Uint8Array(before + file.length + after).fill(0x55);
      larger.set(file, before);
      const read = parseNpy(larger.subarray(before, before + file.length));
      larger.fill(0);
      expect(read).toEqual({ shape, dtype: 'float32', data });
    }),
  );
});
