import { messageOf } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { openSafetensors } from '../../src/safetensors/index.js';
import { fileOf } from '../support/file-of.js';
import { files } from '../support/files.js';

function refusal(bytes: Uint8Array): string {
  try {
    openSafetensors(bytes);
    return 'taken';
  } catch (error) {
    return messageOf(error);
  }
}

/** Eight bytes that claim a header of so many, and what follows. */
function claiming(length: number, rest: string): Uint8Array {
  const bytes = new Uint8Array(8 + rest.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(Buffer.from(rest, 'latin1'), 8);
  return bytes;
}

const f32 = (begin: number, end: number, shape = [1]) => ({ dtype: 'F32', shape, data_offsets: [begin, end] });

describe('a header', () => {
  it('may have the most bytes of the format, and no more', () => {
    expect(refusal(claiming(100_000_000, '{'))).toContain(
      '9 bytes, want at least 100000008 for a header of 100000000 bytes; ',
    );
    expect(refusal(claiming(100_000_001, '{'))).toContain('a header of 100000001 bytes, want at most 100000000');
  });

  it('is UTF-8 without a byte order mark', () => {
    expect(refusal(fileOf('\ufeff{}'))).toBe(
      'safetensors file: header: text that is not JSON, want a JSON object that starts with {',
    );
    expect(refusal(claiming(8, '{"\xff": 1}'))).toBe('safetensors file: header: bytes that are not UTF-8, want JSON');
  });

  it('is told with the size of the tensor that does not fit, wherever that lies', () => {
    expect(refusal(fileOf({ a: f32(0, 4), b: f32(4, 10) }, 10))).toBe(
      'safetensors file: tensor "b": 6 bytes (4 to 10), want 4 for F32 [1]',
    );
  });

  it('has a type that is a text, not something that reads like one', () => {
    expect(refusal(fileOf({ a: { ...f32(0, 4), dtype: ['F32'] } }, 4))).toContain('tensor "a": dtype ["F32"], want');
  });

  it('is quoted up to a hundred characters', () => {
    const told = (name: string, dtype: string) => refusal(fileOf({ [name]: { dtype } }));
    expect(told('n'.repeat(100), 'd'.repeat(98))).toContain(
      `tensor "${'n'.repeat(100)}": dtype "${'d'.repeat(98)}", want`,
    );
    expect(told('n'.repeat(101), 'd'.repeat(99))).toContain(
      `tensor "${'n'.repeat(100)}…": dtype "${'d'.repeat(99)}…, want`,
    );
  });

  it.each([' ', '\n', '\r', '\t'])('has each name once, with %j before the colon', (blank) => {
    expect(refusal(fileOf(`{"__metadata__"${blank}:{},"__metadata__"${blank}:{}}`))).toBe(
      'safetensors file: header: the name "__metadata__" twice, want each name once',
    );
  });
});

it('F32 is a view of the file where its bytes are aligned, wherever in a buffer the file lies, and else a copy', () => {
  const file = fileOf({ a: f32(0, 4), b: f32(4, 8) }, 8);
  for (const before of [0, 1, 2, 3, 4, 8]) {
    const buffer = new ArrayBuffer(before + file.length);
    const bytes = new Uint8Array(buffer, before);
    bytes.set(file);
    const { data } = openSafetensors(bytes).tensors.get('b')?.read() ?? {};
    expect(data).toEqual(Float32Array.of(0));
    expect(data?.buffer === buffer, `${before} bytes before`).toBe((before + file.length) % 4 === 0);
  }
});

describe('what may be another file', () => {
  it('is damaged safetensors where it ends before its header, or claims a possible one', () => {
    expect(refusal(Uint8Array.of(0xf0, 1, 2, 3, 200, 201))).toContain("at least 8 for the header's length");
    expect(refusal(Uint8Array.of(0xf0, 1, 2, 3, 0, 200, 0, 201, 5, 5))).toContain('a file of an unknown kind');
  });

  it('is told with the way out, whole as it is', () => {
    const whole = (wanted: string, length: number) => {
      const bytes = files.find(([what]) => what === wanted)?.[2] ?? new Uint8Array(0);
      const padded = new Uint8Array(length);
      padded.set(bytes);
      return refusal(padded);
    };
    expect(whole('Caffe', 46)).toBe(
      'safetensors file: a Caffe model, want safetensors; openCaffe of @strata/formats/caffe reads it',
    );
    expect(whole('Caffe V0', 1441)).toContain("; Caffe's upgrade_net_proto_binary makes a current one, which is read");
    expect(refusal(new TextEncoder().encode('{"metadata": {}, "weight_map": {}}'))).toContain(
      'its weights are in files beside it: join them',
    );
  });
});
