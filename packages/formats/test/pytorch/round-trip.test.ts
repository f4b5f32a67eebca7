import { deflateRawSync } from 'node:zlib';
import { legacyCheckpoint, type Numbers, pickleStateDict, pickleTensor, zipCheckpoint } from '@strata/trials/files';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPyTorch } from '../../src/pytorch/index.js';

/** Element types that are read, their storages and how one element becomes a number. */
const types = [
  { type: 'FloatStorage', dtype: 'float32', size: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  {
    type: 'DoubleStorage',
    dtype: 'float64',
    size: 8,
    read: (view: DataView, at: number) => Math.fround(view.getFloat64(at, true)),
  },
  { type: 'HalfStorage', dtype: 'float16', size: 2, read: readHalf },
  { type: 'BFloat16Storage', dtype: 'bfloat16', size: 2, read: readBFloat },
] as const;

/** By the definition: 5 bits of exponent, 10 of fraction. */
function readHalf(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function readBFloat(view: DataView, at: number): number {
  const word = new DataView(new ArrayBuffer(4));
  word.setUint16(0, view.getUint16(at, true));
  return word.getFloat32(0);
}

/** A tensor whose axes lie in any order in its storage, with room before, between and behind its elements. */
const drawn = fc
  .record({
    kind: fc.constantFrom(...types),
    sizes: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    order: fc.infiniteStream(fc.nat()),
    step: fc.integer({ min: 1, max: 2 }),
    offset: fc.nat(5),
    room: fc.nat(3),
    seed: fc.infiniteStream(fc.nat(255)),
  })
  .map(({ kind, sizes, order, step, offset, room, seed }) => {
    const strides = sizes.map(() => 0);
    let stride = step;
    const axes = sizes.map((_, axis) => ({ axis, rank: order.next().value ?? 0 }));
    for (const { axis } of axes.sort((a, b) => a.rank - b.rank)) {
      strides[axis] = stride;
      stride *= Math.max(1, sizes[axis]);
    }
    const elements = offset + stride + room;
    const bytes = Uint8Array.from({ length: elements * kind.size }, () => seed.next().value ?? 0);
    return { kind, sizes, strides, offset, elements, bytes };
  });

const files = fc.record({
  tensors: fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), drawn), {
    selector: ([name]) => name,
    maxLength: 5,
  }),
  layout: fc.constantFrom('legacy', 'zip', 'wide zip', 'deflated zip', 'old zip'),
});

/** The values in row-major order, by the definition of strides. */
function valuesOf({ kind, sizes, strides, offset, bytes }: typeof drawn extends fc.Arbitrary<infer T> ? T : never) {
  const view = new DataView(bytes.buffer);
  const places = sizes.reduce<number[]>(
    (starts, size, axis) =>
      starts.flatMap((start) => Array.from({ length: size }, (_, index) => start + index * strides[axis])),
    [offset],
  );
  return Float32Array.from(places, (at) => kind.read(view, at * kind.size));
}

describe('a checkpoint', () => {
  it('is read as it was written, whatever its strides, types and layout', () => {
    fc.assert(
      fc.property(files, ({ tensors, layout }) => {
        const storages = tensors.map(([, { kind, elements, bytes }], index): Numbers => {
          return { key: String(index), type: kind.type, elements, bytes };
        });
        const root = pickleStateDict(
          tensors.map(([name, { sizes, strides, offset }], index) => [
            name,
            pickleTensor(storages[index], { offset, shape: sizes, strides }),
          ]),
        );
        const file = openPyTorch(write(layout, root, storages), 'w');
        const prefix = file.prefix ?? '';
        expect([...file.tensors.keys()].map((name) => prefix + name)).toEqual(tensors.map(([name]) => name));
        for (const [name, given] of tensors) {
          const tensor = file.tensors.get(name.slice(prefix.length));
          expect(tensor).toMatchObject({ dtype: given.kind.dtype, shape: given.sizes });
          expect(tensor?.read()).toEqual({ shape: given.sizes, dtype: 'float32', data: valuesOf(given) });
        }
      }),
      { numRuns: 500 },
    );
  });
});

function write(layout: string, root: Uint8Array, storages: readonly Numbers[]): Uint8Array {
  if (layout === 'legacy') return legacyCheckpoint(root, storages);
  if (layout === 'wide zip') return zipCheckpoint(root, storages, { wide: true, wideEntries: true, alignment: 64 });
  if (layout === 'deflated zip') return zipCheckpoint(root, storages, { deflate: (bytes) => deflateRawSync(bytes) });
  return zipCheckpoint(root, storages, layout === 'old zip' ? { order: '', folder: 'archive' } : { protocol: 4 });
}
