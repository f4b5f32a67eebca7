import { messageOf, tensor, WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { openSafetensors, writeSafetensors } from '../../src/safetensors/index.js';
import { fileOf } from '../support/file-of.js';

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

describe('a damaged safetensors file', () => {
  const good = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

  it('that is cut short', () => {
    const bytes = writeSafetensors({ w: tensor([2], [1, 2]) });
    expect(refusal(new Uint8Array(0))).toMatchInlineSnapshot(
      `"net.safetensors: an empty file, want safetensors; a download or copy did not finish: get it again"`,
    );
    expect(refusal(bytes.subarray(0, 5))).toMatchInlineSnapshot(
      `"net.safetensors: 5 bytes, want at least 8 for the header's length; the file is cut short: get it again"`,
    );
    expect(refusal(bytes.subarray(0, 40))).toMatchInlineSnapshot(
      `"net.safetensors: 40 bytes, want at least 64 for a header of 56 bytes; the file is cut short: get it again"`,
    );
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toMatchInlineSnapshot(
      `"net.safetensors: 71 bytes, want the 72 that its header needs; the file is cut short: get it again"`,
    );
  });

  it('that claims an impossibly long header', () => {
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
      `"net.safetensors: tensor "w\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\nw\\n…": dtype missing, want one of BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64, C64"`,
    );
  });

  it('whose sizes are false', () => {
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
      `"net.safetensors: 71 bytes, want the 79 that its header needs; the file is cut short: get it again"`,
    );
    expect(refusal(fileOf('{}', 3))).toMatchInlineSnapshot(
      `"net.safetensors: 3 bytes of data, want 0: there are no tensors; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
    const inside = { dtype: 'F32', shape: [0], data_offsets: [4, 4] };
    expect(refusal(fileOf({ a: at(0), inside }, 8))).toMatchInlineSnapshot(
      `"net.safetensors: tensor "inside": begin 4, which overlaps tensor "a", want 8; the file is damaged: its tensors must fill the data without overlap or hole"`,
    );
  });

  it('that names anything twice, even where an escape hides it', () => {
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
