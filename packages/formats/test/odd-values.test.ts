import { InputError, LayerBuilder, tensor, WeightsError } from '@strata/core';
import { oddValues, untyped } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { openCaffe } from '../src/caffe/index.js';
import { parseNpy } from '../src/npy/index.js';
import { exportOnnx, openOnnx } from '../src/onnx/index.js';
import { openSafetensors, writeSafetensors } from '../src/safetensors/index.js';
import { caffeOf } from './support/caffe-of.js';

const file = writeSafetensors({ w: tensor([2], [1, 2]) });

function npyFile(): Uint8Array {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".padEnd(117).concat('\n');
  const bytes = new Uint8Array(10 + header.length + 8);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0, ...new TextEncoder().encode(header)]);
  new Float32Array(bytes.buffer, 10 + header.length).set([1, 2]);
  return bytes;
}

function onnxFile(): Uint8Array {
  const layers = new LayerBuilder();
  const graph = layers.build([layers.linear('fc', layers.input('x', [1, 2]), { features: 1, bias: false })]);
  return exportOnnx(graph, { 'fc.weight': tensor([1, 2], [1, 2]) });
}

function caffeFile(): Uint8Array {
  const blob = { shape: [1, 2], values: [1, 2], legacy: true, double: false, packed: true };
  const layer = { name: 'fc', type: 'InnerProduct', number: 14, bottoms: ['x'], tops: ['fc'], blobs: [blob] };
  return caffeOf('net', [layer], 'v1');
}

/** The same bytes in everything that holds bytes. */
function holdersOf(bytes: Uint8Array): [string, ArrayBufferLike | ArrayBufferView][] {
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const inside = new Uint8Array(bytes.length + 3);
  inside.set(bytes, 3);
  return [
    ['Uint8Array', bytes],
    ['ArrayBuffer', bytes.slice().buffer],
    ['SharedArrayBuffer', shared],
    ['Uint8Array on shared memory', new Uint8Array(shared)],
    ['Buffer', Buffer.from(bytes)],
    ['DataView inside a buffer', new DataView(inside.buffer, 3)],
  ];
}

const isBytes = /Array$|DataView|Buffer/;

describe('openSafetensors', () => {
  it.each(holdersOf(file))('reads a %s', (_, bytes) => {
    expect([...(openSafetensors(bytes).tensors.get('w')?.read().data ?? [])]).toEqual([1, 2]);
  });

  it.each(oddValues.filter(([name]) => !isBytes.test(name) || name === 'an Array'))('refuses %s', (name, value) => {
    const open = () => openSafetensors(untyped(value), 'w.safetensors');
    expect(open).toThrow(WeightsError);
    expect(open).toThrow(`w.safetensors: ${name}, want the bytes of a safetensors file`);
  });
});

describe.each([
  ['openOnnx', openOnnx, onnxFile(), 'an ONNX file'],
  ['openCaffe', openCaffe, caffeFile(), 'a Caffe model'],
] as const)('%s', (_, open, bytes, what) => {
  it.each(holdersOf(bytes))('reads a %s', (_, held) => {
    expect([...(open(held).tensors.get('fc.weight')?.read().data ?? [])]).toEqual([1, 2]);
  });

  it.each(oddValues.filter(([name]) => !isBytes.test(name) || name === 'an Array'))('refuses %s', (name, value) => {
    const act = () => open(untyped(value), 'w');
    expect(act).toThrow(WeightsError);
    expect(act).toThrow(`w: ${name}, want the bytes of ${what}`);
  });
});

describe('parseNpy', () => {
  it.each(holdersOf(npyFile()))('reads a %s', (_, bytes) => {
    expect([...parseNpy(bytes).data]).toEqual([1, 2]);
  });

  it.each(oddValues.filter(([name]) => !isBytes.test(name) || name === 'an Array'))('refuses %s', (name, value) => {
    const parse = () => parseNpy(untyped(value), 'x.npy');
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(`x.npy: ${name}, want the bytes of a .npy file`);
  });
});

describe('writeSafetensors', () => {
  it.each(oddValues)('refuses %s', (name, value) => {
    expect(() => writeSafetensors(untyped(value))).toThrow(`writeSafetensors: ${name}, want an object of tensors`);
    expect(() => writeSafetensors({ w: untyped(value) })).toThrow(name);
  });
});
