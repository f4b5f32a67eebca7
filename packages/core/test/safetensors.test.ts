import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf, UnsupportedError, WeightsError } from '../src/errors.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { openSafetensors, writeSafetensors } from '../src/weights/index.js';

/** A file with this header text, and `dataBytes` bytes of data. */
function fileOf(header: string | object, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function headerOf(bytes: Uint8Array): { length: number; text: string } {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { length, text: new TextDecoder().decode(bytes.subarray(8, 8 + length)) };
}

/** The message that opening gives. */
function refusal(bytes: Uint8Array): string {
  try {
    openSafetensors(bytes, 'net.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    expect(messageOf(error)).not.toContain('\n');
    return messageOf(error);
  }
  throw new Error('the file was taken');
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

  it('lists types that it can not decode, and refuses to read them by name', () => {
    const file = openSafetensors(fileOf({ steps: { dtype: 'I64', shape: [2], data_offsets: [0, 16] } }, 16), 'x.st');
    const steps = file.tensors.get('steps');
    expect(steps?.dtype).toBe('I64');
    expect(steps?.shape).toEqual([2]);
    expect(() => steps?.read()).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: x.st: tensor "steps": dtype I64, want F32, F16 or BF16]`,
    );
    expect(() => steps?.read()).toThrow(UnsupportedError);
  });

  it('never dies of damage: flipped or missing bytes give a WeightsError or a file', () => {
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

describe('a damaged safetensors file', () => {
  const good = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

  it('that is cut short', () => {
    const bytes = writeSafetensors({ w: tensor([2], [1, 2]) });
    expect(refusal(new Uint8Array(0))).toMatchInlineSnapshot(
      `"net.safetensors: 0 bytes, want at least 8 for the header's length; the file is cut short, or not in the safetensors format"`,
    );
    expect(refusal(bytes.subarray(0, 5))).toMatchInlineSnapshot(
      `"net.safetensors: 5 bytes, want at least 8 for the header's length; the file is cut short, or not in the safetensors format"`,
    );
    expect(refusal(bytes.subarray(0, 40))).toMatchInlineSnapshot(
      `"net.safetensors: 40 bytes, want at least 64 for a header of 56 bytes; the file is cut short, or not in the safetensors format"`,
    );
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": bytes 0 to 8, want an end within the file's 7 bytes of data; the file is cut short or damaged"`,
    );
  });

  it('that claims a header beyond reason', () => {
    const bytes = fileOf('{}');
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, 2n ** 63n, true);
    expect(refusal(bytes)).toMatchInlineSnapshot(
      `"net.safetensors: a header of 9223372036854775808 bytes, want at most 100000000; the file is damaged, or not in the safetensors format"`,
    );
    view.setBigUint64(0, 100_000_001n, true);
    expect(refusal(bytes)).toMatchInlineSnapshot(
      `"net.safetensors: a header of 100000001 bytes, want at most 100000000; the file is damaged, or not in the safetensors format"`,
    );
  });

  it('whose header is not a JSON object', () => {
    expect(refusal(fileOf('{"w":'))).toMatchInlineSnapshot(
      `"net.safetensors: header: text that is not JSON, want a JSON object that starts with {"`,
    );
    expect(refusal(fileOf(''))).toMatchInlineSnapshot(
      `"net.safetensors: header: text that is not JSON, want a JSON object that starts with {"`,
    );
    expect(refusal(fileOf('[1]'))).toMatchInlineSnapshot(
      `"net.safetensors: header: [1], want a JSON object that starts with {"`,
    );
    expect(refusal(fileOf('null'))).toMatchInlineSnapshot(
      `"net.safetensors: header: null, want a JSON object that starts with {"`,
    );
    expect(refusal(fileOf(' {}'))).toMatchInlineSnapshot(
      `"net.safetensors: header: blanks before the {, want a JSON object that starts with {"`,
    );
    const notText = fileOf('{"é":1}');
    notText[10] = 0xff;
    expect(refusal(notText)).toMatchInlineSnapshot(`"net.safetensors: header: bytes that are not UTF-8, want JSON"`);
  });

  it('whose entry is not one', () => {
    expect(refusal(fileOf({ w: 3 }))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": 3, want an object with dtype, shape and data_offsets"`,
    );
    expect(refusal(fileOf({ w: { ...good, dtype: 'F31' } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": dtype "F31", want one of BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64, C64"`,
    );
    expect(refusal(fileOf({ w: { dtype: 'F32', shape: [2], offsets: [0, 8] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": data_offsets missing, want [begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end"`,
    );
    expect(refusal(fileOf({ ['w\n'.repeat(80)]: {} }))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\n…": dtype missing, want one of BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64, C64"`,
    );
  });

  it('whose sizes are lies', () => {
    expect(refusal(fileOf({ w: { ...good, shape: [-2] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": shape [-2], want a list of whole sizes of 0 or more"`,
    );
    expect(refusal(fileOf({ w: { ...good, shape: [2.5] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": shape [2.5], want a list of whole sizes of 0 or more"`,
    );
    expect(refusal(fileOf({ w: { ...good, shape: '2' } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": shape "2", want a list of whole sizes of 0 or more"`,
    );
    expect(refusal(fileOf({ w: { ...good, shape: [2 ** 32, 2 ** 32] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": shape [4294967296,4294967296], want fewer than 2⁵³ bytes"`,
    );
    expect(refusal(fileOf({ w: { ...good, shape: [3] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": 8 bytes (0 to 8), want 12 for F32 [3]"`,
    );
    expect(refusal(fileOf({ w: { ...good, data_offsets: [8, 0] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": data_offsets [8,0], want [begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end"`,
    );
    expect(refusal(fileOf({ w: { ...good, data_offsets: [-8, 0] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": data_offsets [-8,0], want [begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end"`,
    );
    expect(refusal(fileOf({ w: { ...good, data_offsets: [0, 8, 8] } }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": data_offsets [0,8,8], want [begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end"`,
    );
    expect(refusal(fileOf({ w: { ...good, data_offsets: [0.5, 8.5] } }, 9))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "w": data_offsets [0.5,8.5], want [begin, end] in bytes, whole numbers with 0 ≤ begin ≤ end"`,
    );
  });

  it('whose tensors overlap, leave holes, or reach beyond the end', () => {
    const at = (begin: number) => ({ ...good, data_offsets: [begin, begin + 8] });
    expect(refusal(fileOf({ a: at(0), b: at(4) }, 12))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "b": begin 4, which overlaps tensor "a", want 8; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    expect(refusal(fileOf({ a: at(0), b: at(12) }, 20))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "b": begin 12, which leaves a hole after tensor "a", want 8; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    expect(refusal(fileOf({ a: at(4) }, 12))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "a": begin 4, which leaves a hole after the start of the data, want 0; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    expect(refusal(fileOf({ a: at(0) }, 12))).toMatchInlineSnapshot(
      `"net.safetensors: 12 bytes of data, want 8: tensor "a" ends there; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    expect(refusal(fileOf({ a: at(8) }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "a": bytes 8 to 16, want an end within the file's 8 bytes of data; the file is cut short or damaged"`,
    );
    expect(refusal(fileOf('{}', 3))).toMatchInlineSnapshot(
      `"net.safetensors: 3 bytes of data, want 0: there are no tensors; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    const inside = { dtype: 'F32', shape: [0], data_offsets: [4, 4] };
    expect(refusal(fileOf({ a: at(0), inside }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "inside": begin 4, which overlaps tensor "a", want 8; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
  });

  it('that names anything twice, also where an escape hides it', () => {
    const entry = JSON.stringify(good);
    expect(refusal(fileOf(`{"w":${entry},"w":${entry}}`, 8))).toMatchInlineSnapshot(
      `"net.safetensors: header: the name "w" twice, want each name once"`,
    );
    expect(refusal(fileOf(`{"w":${entry},"\\u0077" : ${entry}}`, 8))).toMatchInlineSnapshot(
      `"net.safetensors: header: the name "w" twice, want each name once"`,
    );
    expect(refusal(fileOf('{"w":{"dtype":"F32","shape":[2],"shape":[3],"data_offsets":[0,8]}}', 8))).toContain(
      'the name "shape" twice',
    );
    expect(refusal(fileOf('{"__metadata__":{"a":"1","a":"2"}}'))).toContain('the name "a" twice');
    // The same name in two objects, or as a value, is no repetition.
    expect(
      openSafetensors(
        fileOf('{"__metadata__":{"a":"a","b":"a","\\"a":"\\\\"},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'),
      ).tensors.size,
    ).toBe(1);
  });

  it('whose metadata is not text', () => {
    expect(refusal(fileOf({ __metadata__: { epochs: 3 } }))).toMatchInlineSnapshot(
      `"net.safetensors: __metadata__: "epochs": 3, want a text"`,
    );
    expect(refusal(fileOf({ __metadata__: ['a'] }))).toMatchInlineSnapshot(
      `"net.safetensors: __metadata__: ["a"], want an object of texts"`,
    );
    expect(refusal(fileOf({ __metadata__: null }))).toMatchInlineSnapshot(
      `"net.safetensors: __metadata__: null, want an object of texts"`,
    );
  });
});

describe('writeSafetensors', () => {
  it('refuses what it can not store', () => {
    const write = (tensors: Record<string, Tensor>, dtype?: 'F16' | 'BF16') => () =>
      writeSafetensors(tensors, { dtype });
    expect(write({ 'fc.weight': tensor([2], [1, -65520]) }, 'F16')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "fc.weight": -65520 at element 1, which F16 can not hold, want magnitudes below 65520; store it as F32]`,
    );
    expect(write({ w: tensor([1], [3.4e38]) }, 'BF16')).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "w": 3.3999999521443642e+38 at element 0, which BF16 can not hold, want magnitudes below 3.396e38; store it as F32]`,
    );
    expect(write({ __metadata__: tensor([1], [1]) })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "__metadata__": a name that the format keeps for itself]`,
    );
    expect(write({ w: { shape: [1], dtype: 'float64', data: Float64Array.of(1) } })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: tensor "w": float64, want float32]`,
    );
    expect(write({ w: { shape: [3], dtype: 'float32', data: Float32Array.of(1) } })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor "w": 1 elements for shape [3], want 3]`,
    );
  });
});
