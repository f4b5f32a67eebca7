import { InputError, WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { ModelProto } from '../../src/onnx/generated/onnx_pb.js';
import { importOnnx, openOnnx } from '../../src/onnx/index.js';

const values = Float32Array.of(9, 1, 2, 9);
const file = new Uint8Array(values.buffer);

/** A network that multiplies by two numbers in another file. */
function modelAt(entries: Readonly<Record<string, string>>): Uint8Array {
  const externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
  const shape = { dim: [{ dimParam: 'n' }, { dimValue: 2 }] };
  return ModelProto.encode({
    ...{ irVersion: 8, producerName: 'test', opsetImport: [{ version: 17 }] },
    graph: {
      node: [{ opType: 'MatMul', input: ['x', 'w'], output: ['y'] }],
      input: [{ name: 'x', type: { tensorType: { elemType: 1, shape } } }],
      output: [{ name: 'y' }],
      initializer: [{ name: 'w', dataType: 1, dims: [2, 1], dataLocation: 1, externalData }],
    },
  }).finish();
}

const beside = modelAt({ location: 'a/net.data', offset: '4', length: '8' });

function refusal(entries: Readonly<Record<string, string>>, externalData = { 'a/net.data': file }): string {
  try {
    importOnnx(modelAt(entries), { where: 'net.onnx', externalData });
  } catch (error) {
    if (error instanceof WeightsError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

describe('weights in another file', () => {
  it.each([
    ['a record', { 'a/net.data': file }],
    ['a record of other views', { 'a/net.data': Buffer.from(file) }],
    ['a function', (location: string) => (location === 'a/net.data' ? file.slice().buffer : undefined)],
  ])('are read from %s', (_, externalData) => {
    expect(importOnnx(beside, { externalData }).weights['y.weight']?.data).toEqual(Float32Array.of(1, 2));
    expect(openOnnx(beside, 'net.onnx', { externalData }).tensors.get('w')?.read().data).toEqual(Float32Array.of(1, 2));
  });

  it('begin at 0 and go to the end where the file does not say', () => {
    const externalData = { d: file.subarray(4, 12) };
    expect(importOnnx(modelAt({ location: 'd' }), { externalData }).weights['y.weight']?.data[0]).toBe(1);
    expect(importOnnx(modelAt({ location: 'd', length: '8' }), { externalData: { d: file } }).graph.outputs).toEqual([
      'y',
    ]);
  });

  it('are asked for by name where they are not given', () => {
    expect(() => importOnnx(beside, { where: 'net.onnx' })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: net.onnx: tensor "w": data in another file, "a/net.data", want one file that holds all; openOnnx and importOnnx take its bytes as externalData; in Python, beside that file: onnx.save(onnx.load("net.onnx"), "whole.onnx")]`,
    );
    expect(() => importOnnx(beside, { externalData: { other: file } })).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: ONNX file: tensor "w": data in another file, "a/net.data", want the bytes of that file among externalData; openOnnx and importOnnx take its bytes as externalData; in Python, beside that file: onnx.save(onnx.load("net.onnx"), "whole.onnx")]`,
    );
    expect(() => importOnnx(modelAt({ location: 'constructor' }), { externalData: {} })).toThrow(WeightsError);
    // @ts-expect-error: no bytes.
    expect(() => importOnnx(beside, { externalData: { 'a/net.data': 'x' } })).toThrow(InputError);
    // @ts-expect-error: a Map is no record.
    expect(() => importOnnx(beside, { externalData: new Map() })).toThrow(InputError);
  });

  it.each(['/etc/passwd', '../w', 'a/../../w', 'a/..', 'C:/w', 'C:w', 'a\\w', '\\\\host\\w', '', 'a\0b', '//host/w'])(
    'are never asked for outside the folder: %j',
    (location) => {
      const asked: string[] = [];
      const externalData = (name: string) => {
        asked.push(name);
        return file;
      };
      expect(() => importOnnx(modelAt({ location }), { externalData })).toThrow(/a place outside the folder/);
      expect(asked).toEqual([]);
    },
  );

  it('must be there: offsets and lengths are checked', () => {
    const location = 'a/net.data';
    expect([
      refusal({ location, offset: '12', length: '8' }),
      refusal({ location, offset: '9007199254740991', length: '8' }),
      refusal({ location, offset: '-4', length: '8' }),
      refusal({ location, offset: '0x4', length: '8' }),
      refusal({ location, offset: '4', length: '99999999999999999999' }),
      refusal({ location, offset: '4', length: '4' }),
      refusal({ location, offset: '40' }),
    ]).toMatchInlineSnapshot(`
      [
        "net.onnx: tensor "w": data in "a/net.data": 8 bytes from byte 12 on, want at most the 16 that it has; it belongs to another model, or is cut short",
        "net.onnx: tensor "w": data in "a/net.data": 8 bytes from byte 9007199254740991 on, want at most the 16 that it has; it belongs to another model, or is cut short",
        "net.onnx: tensor "w": data in "a/net.data": offset: "-4", want a whole number of bytes; the file is damaged",
        "net.onnx: tensor "w": data in "a/net.data": offset: "0x4", want a whole number of bytes; the file is damaged",
        "net.onnx: tensor "w": data in "a/net.data": length: "99999999999999999999", want a whole number of bytes; the file is damaged",
        "net.onnx: tensor "w": 4 bytes, want 8 for float32 [2,1]",
        "net.onnx: tensor "w": data in "a/net.data": 0 bytes from byte 40 on, want at most the 16 that it has; it belongs to another model, or is cut short",
      ]
    `);
  });
});
