import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { viewBytes } from '../src/tags.js';

it('the bytes of a view are its own part of the buffer, of any type, realm and kind of memory', () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, i) => i);
  const shared = new SharedArrayBuffer(24);
  new Uint8Array(shared).set(bytes);
  const theirs: unknown = runInNewContext('new Uint16Array(Uint8Array.from({ length: 24 }, (_, i) => i).buffer, 8, 4)');
  for (const view of [
    bytes.subarray(8, 16),
    Buffer.from(bytes.buffer, 8, 8),
    new DataView(bytes.buffer, 8, 8),
    new Float64Array(bytes.buffer, 8, 1),
    new Uint8Array(shared, 8, 8),
    theirs,
  ]) {
    expect([...(viewBytes(view) ?? [])]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  }
  expect([...(viewBytes(shared) ?? [])]).toEqual([...bytes]);
  expect([viewBytes('text'), viewBytes(null), viewBytes([1, 2]), viewBytes({ buffer: bytes.buffer })]).toEqual(
    Array(4).fill(undefined),
  );
});
