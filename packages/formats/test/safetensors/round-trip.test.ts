import { type Tensor, tensor, UnsupportedError, WeightsError } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSafetensors, writeSafetensors } from '../../src/safetensors/index.js';
import { fileOf } from '../support/file-of.js';

function headerOf(bytes: Uint8Array): { length: number; text: string } {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { length, text: new TextDecoder().decode(bytes.subarray(8, 8 + length)) };
}

const names = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('0', '__proto__', 'a.b', '"\\'));
const anyFloat = fc.float({ noNaN: true });
const tensors = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc
      .array(anyFloat, { minLength: size(shape), maxLength: size(shape) })
      .map((values): Tensor => tensor(shape, values)),
  );
const files = fc.uniqueArray(fc.tuple(names, tensors), { selector: ([name]) => name, maxLength: 6 });
const metadatas = fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 4 }).map(Object.fromEntries);

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

describe('a safetensors file', () => {
  it('comes back from writing as it was, aligned, and the same whatever the order of its tensors', () => {
    fc.assert(
      fc.property(files, metadatas, (entries, metadata) => {
        const bytes = writeSafetensors(Object.fromEntries(entries), { metadata });
        expect(headerOf(bytes).length % 8).toBe(0);
        expect(writeSafetensors(Object.fromEntries([...entries].reverse()), { metadata })).toEqual(bytes);
        const file = openSafetensors(bytes);
        expect(file.metadata).toEqual(metadata);
        expect([...file.tensors.keys()].sort()).toEqual(entries.map(([name]) => name).sort());
        for (const [name, written] of entries) {
          const read = file.tensors.get(name)?.read();
          expect(read).toEqual(written);
        }
      }),
    );
  });

  it('reads the same from any place in a larger buffer', () => {
    const written = tensor([2, 3], [1.5, -2, 3e-40, 4, -0, 6]);
    for (const dtype of ['F32', 'F16', 'BF16'] as const) {
      const bytes = writeSafetensors({ w: tensor([2, 3], [1.5, -2, 0, 4, -0, 6]) }, { dtype });
      for (let offset = 0; offset < 8; offset++) {
        const moved = new Uint8Array(new ArrayBuffer(bytes.length + 16), offset, bytes.length);
        moved.set(bytes);
        expect(openSafetensors(moved).tensors.get('w')?.read().data).toEqual(Float32Array.of(1.5, -2, 0, 4, -0, 6));
      }
    }
    expect(
      openSafetensors(writeSafetensors({ w: written }))
        .tensors.get('w')
        ?.read(),
    ).toEqual(written);
  });

  it('is laid out as the format says', () => {
    const bytes = writeSafetensors(
      { 'fc.bias': tensor([1], [1]), 'a.weight': tensor([1, 2], [2, 3]) },
      { metadata: { source: 'test' } },
    );
    expect(headerOf(bytes).text.trimEnd()).toMatchInlineSnapshot(
      `"{"__metadata__":{"source":"test"},"a.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"`,
    );
    expect([...bytes.subarray(-12)]).toEqual([0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 63]);
  });

  it('takes rank 0, empty tensors, trailing spaces and no tensors', () => {
    expect(openSafetensors(fileOf('{}')).tensors.size).toBe(0);
    expect(openSafetensors(fileOf('{"__metadata__":{}}   ')).metadata).toEqual({});
    const file = openSafetensors(
      fileOf(
        {
          empty: { dtype: 'F32', shape: [0, 3], data_offsets: [4, 4] },
          scalar: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
        },
        4,
      ),
    );
    expect(file.tensors.get('empty')?.read()).toEqual(tensor([0, 3], []));
    expect(file.tensors.get('scalar')?.read()).toEqual(tensor([], [0]));
  });

  it('lists types that it cannot decode, and refuses to read them by name', () => {
    const file = openSafetensors(fileOf({ steps: { dtype: 'I64', shape: [2], data_offsets: [0, 16] } }, 16), 'x.st');
    const steps = file.tensors.get('steps');
    expect(steps?.dtype).toBe('I64');
    expect(steps?.shape).toEqual([2]);
    expect(() => steps?.read()).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: x.st: tensor "steps": dtype I64, want F64, F32, F16 or BF16]`,
    );
    expect(() => steps?.read()).toThrow(UnsupportedError);
  });

  it('gives a WeightsError or a file, and nothing else, for flipped or missing bytes', () => {
    const whole = writeSafetensors({ a: tensor([2], [1, 2]), b: tensor([1, 3], [3, 4, 5]) }, { metadata: { k: 'v' } });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, length) => {
        const bytes = whole.slice(0, length === 0 ? whole.length : length);
        if (at < bytes.length) bytes[at] = value;
        try {
          for (const stored of openSafetensors(bytes).tensors.values()) stored.read();
        } catch (error) {
          if (!(error instanceof WeightsError || error instanceof UnsupportedError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});
