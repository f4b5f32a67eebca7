import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DeviceError, InputError, StrataError, WeightsError } from '../src/errors.js';
import { LayerBuilder } from '../src/layers/index.js';
import { createReferenceBackend } from '../src/reference/index.js';
import { describeValue, isArrayBuffer, isError, isFloat32Array, isMap, isUint8Array } from '../src/tags.js';
import { checkTensor } from '../src/tensor/tensor.js';

/** What a test runner's sandbox or a frame makes: its classes are others. */
function elsewhere(code: string): unknown {
  return runInNewContext(code);
}

describe('another realm', () => {
  it('has arrays, buffers, maps and errors that count', () => {
    const floats = elsewhere('new Float32Array([1, 2])');
    expect(floats).not.toBeInstanceOf(Float32Array);
    expect(isFloat32Array(floats) && [...floats]).toEqual([1, 2]);
    expect(isUint8Array(elsewhere('new Uint8Array(2)'))).toBe(true);
    expect(isArrayBuffer(elsewhere('new ArrayBuffer(2)'))).toBe(true);
    expect(isMap(elsewhere('new Map()'))).toBe(true);
    expect(isError(elsewhere('new TypeError("x")'))).toBe(true);
    expect([isFloat32Array({ length: 2 }), isFloat32Array(new Float64Array(2)), isError({ message: 'x' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('gives inputs and weights', async () => {
    const floats = elsewhere('new Float32Array([1, 2])');
    if (!isFloat32Array(floats)) throw new Error('no array');
    const given = { shape: [1, 2], dtype: 'float32', data: floats } as const;
    checkTensor(given, 'x');
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 2]);
    const graph = layers.build([layers.add('y', x, layers.parameter('p', [1, 2]))]);
    const network = await createReferenceBackend().compile(graph, { p: given });
    expect([...(await network.run({ x: given })).y.data]).toEqual([2, 4]);
    await network.dispose();
  });

  it("and another copy's errors are known by their code", () => {
    const theirs = elsewhere('Object.assign(new Error("a: b"), { code: "DEVICE", where: "a" })');
    expect(theirs).toBeInstanceOf(DeviceError);
    expect(theirs).toBeInstanceOf(StrataError);
    expect(theirs).not.toBeInstanceOf(WeightsError);
    expect(elsewhere('Object.assign(new Error("a"), { code: "ENOENT", where: "a" })')).not.toBeInstanceOf(StrataError);
    expect({ code: 'DEVICE', where: 'a' }).not.toBeInstanceOf(DeviceError);
  });

  it('names values by what they are', () => {
    const values = [null, undefined, 'x', 3, new Map(), new ArrayBuffer(1), new Uint8Array(1), []];
    expect(values.map(describeValue)).toEqual([
      'null',
      'undefined',
      'a text',
      'a number',
      'a Map',
      'an ArrayBuffer',
      'a Uint8Array',
      'an Array',
    ]);
  });
});

describe('an input that is no tensor', () => {
  it.each([[null], [undefined], ['x'], [new Float32Array(2)], [[1, 2]]])('is an InputError: %s', async (value) => {
    const layers = new LayerBuilder();
    const graph = layers.build([layers.relu('y', layers.input('x', [2]))]);
    const network = await createReferenceBackend().compile(graph, {});
    const given: { x: never } = JSON.parse('{}');
    Object.assign(given, { x: value });
    await expect(network.run(given)).rejects.toThrow(InputError);
    await network.dispose();
  });
});
