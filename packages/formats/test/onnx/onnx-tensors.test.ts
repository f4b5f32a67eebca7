import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { UnsupportedError, WeightsError } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowBF16, narrowF16 } from '../../src/half.js';
import { ModelProto, type NodeProto, TensorProto } from '../../src/onnx/generated/onnx_pb.js';
import { type OnnxTensor, openOnnx } from '../../src/onnx/index.js';

/** A file with these initialisers and nodes. */
function fileOf(initializer: readonly TensorProto[], node: readonly NodeProto[] = []): Uint8Array {
  return ModelProto.encode({
    ...{ irVersion: 8, producerName: 'test', opsetImport: [{ version: 17 }] },
    graph: { name: 'g', initializer, node },
  }).finish();
}

function only(proto: TensorProto): OnnxTensor {
  const tensor = openOnnx(fileOf([{ name: 'w', ...proto }]), 'net').tensors.get('w');
  if (tensor === undefined) throw new Error('no tensor');
  return tensor;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Bit patterns of 16-bit floats, and the values that they stand for. */
function halves(narrow: (from: Float32Array, to: DataView) => number, values: readonly number[]): Uint16Array {
  const bits = new Uint16Array(values.length);
  narrow(Float32Array.from(values), new DataView(bits.buffer));
  return bits;
}

/** Numbers that all types hold exactly. */
const exact = [0, -0, 1, -1.5, 0.25, 96, -1024, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const lists = fc.array(fc.constantFrom(...exact), { maxLength: 40 });

describe('the tensors of an ONNX file', () => {
  it('are read from raw and typed data alike', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const dims = [1, values.length];
        const f16 = halves(narrowF16, values);
        const bf16 = halves(narrowBF16, values);
        const stored: readonly TensorProto[] = [
          { dataType: 1, dims, floatData: values },
          { dataType: 1, dims, rawData: bytesOf(Float32Array.from(values)) },
          { dataType: 11, dims, doubleData: values },
          { dataType: 11, dims, rawData: bytesOf(Float64Array.from(values)) },
          { dataType: 10, dims, int32Data: [...f16] },
          { dataType: 10, dims, rawData: bytesOf(f16) },
          { dataType: 16, dims, int32Data: [...bf16] },
          { dataType: 16, dims, rawData: bytesOf(bf16) },
        ];
        for (const proto of stored) {
          expect(only(proto).read()).toEqual({ shape: dims, dtype: 'float32', data: Float32Array.from(values) });
        }
      }),
    );
  });

  it('may have raw data that is empty beside typed data', () => {
    const proto = { dataType: 1, dims: [1], floatData: [2], rawData: new Uint8Array(0) };
    // The encoder leaves out what is empty: written by hand behind it.
    const tensor = new BinaryWriter().raw(TensorProto.encode({ name: 'w', ...proto }).finish());
    const graph = new BinaryWriter().uint32(42).bytes(tensor.uint32(74).bytes(proto.rawData).finish()).finish();
    const model = new BinaryWriter().uint32(8).int32(2).uint32(18).string('test').uint32(58).bytes(graph).finish();
    expect(openOnnx(model).tensors.get('w')?.read().data).toEqual(Float32Array.of(2));
  });

  it('may hold more 16-bit floats than are turned at once', () => {
    const values = Array.from({ length: 9000 }, (_, index) => (index % 2048) / 4);
    const int32Data = [...halves(narrowF16, values)];
    expect(only({ dataType: 10, dims: [9000], int32Data }).read().data).toEqual(Float32Array.from(values));
  });

  it('of whole numbers are listed, and given as numbers on request', () => {
    const large = [0, 1, -1, 300, -70_000, 2 ** 40, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const small = [0, 1, -1, 127, -128];
    const dims = (values: readonly number[]) => [values.length];
    const cases: readonly (readonly [string, TensorProto, readonly number[]])[] = [
      ['int64', { dataType: 7, dims: dims(large), int64Data: large }, large],
      ['int64', { dataType: 7, dims: dims(large), rawData: bytesOf(BigInt64Array.from(large, BigInt)) }, large],
      ['int32', { dataType: 6, dims: dims(small), int32Data: small }, small],
      ['int32', { dataType: 6, dims: dims(small), rawData: bytesOf(Int32Array.from(small)) }, small],
      ['int16', { dataType: 5, dims: dims(small), rawData: bytesOf(Int16Array.from(small)) }, small],
      ['int8', { dataType: 3, dims: dims(small), rawData: bytesOf(Int8Array.from(small)) }, small],
      ['int8', { dataType: 3, dims: dims(small), int32Data: small }, small],
      ['uint8', { dataType: 2, dims: [2], rawData: Uint8Array.of(3, 255) }, [3, 255]],
      ['uint16', { dataType: 4, dims: [2], rawData: bytesOf(Uint16Array.of(3, 65_535)) }, [3, 65_535]],
      ['uint32', { dataType: 12, dims: [1], rawData: bytesOf(Uint32Array.of(2 ** 32 - 1)) }, [2 ** 32 - 1]],
      ['uint32', { dataType: 12, dims: [1], uint64Data: [2 ** 32 - 1] }, [2 ** 32 - 1]],
      ['uint64', { dataType: 13, dims: [1], rawData: new Uint8Array(8).fill(255) }, [2 ** 64]],
      ['bool', { dataType: 9, dims: [2], int32Data: [0, 1] }, [0, 1]],
    ];
    for (const [dtype, proto, values] of cases) {
      const tensor = only(proto);
      expect([tensor.dtype, tensor.readWhole()]).toEqual([dtype, values]);
      expect(() => tensor.read()).toThrow(UnsupportedError);
    }
    const floats = only({ dataType: 1, dims: [1], floatData: [2] });
    expect(() => floats.readWhole()).toThrow(UnsupportedError);
    const many = only({ dataType: 2, dims: [65_537], rawData: new Uint8Array(65_537) });
    expect(() => many.readWhole()).toThrowErrorMatchingInlineSnapshot(
      `[UnsupportedError: net: tensor "w": 65537 whole numbers, want a list of at most 65536]`,
    );
  });

  it('are read where each number is a field of its own', () => {
    const writer = new BinaryWriter();
    // dims 2, data_type FLOAT, float_data 1.5, name, float_data -2.
    writer.uint32(8).int64(2).uint32(16).int32(1).uint32(37).float(1.5);
    writer.uint32(66).string('w').uint32(37).float(-2);
    const tensor = writer.finish();
    const graph = new BinaryWriter().uint32(42).bytes(tensor).finish();
    const model = new BinaryWriter().uint32(8).int32(2).uint32(18).string('test').uint32(58).bytes(graph).finish();
    const file = openOnnx(model);
    const read = file.tensors.get('w');
    // The second version of the format had one set of operators.
    expect(file.opset).toBe(1);
    expect([read?.byteLength, read?.read().data]).toEqual([8, Float32Array.of(1.5, -2)]);
  });

  it('are known behind Identity and Cast to float32, as Constant nodes', () => {
    const node: readonly NodeProto[] = [
      { opType: 'Identity', input: ['w'], output: ['same'] },
      { opType: 'Cast', input: ['same'], output: ['wide'], attribute: [{ name: 'to', type: 2, i: 1 }] },
      { opType: 'Cast', input: ['w'], output: ['double'], attribute: [{ name: 'to', type: 2, i: 11 }] },
      { opType: 'Constant', output: ['f'], attribute: [{ name: 'value_float', type: 1, f: 0.5 }] },
      { opType: 'Constant', output: ['fs'], attribute: [{ name: 'value_floats', type: 6, floats: [0.5, 2] }] },
      { opType: 'Constant', output: ['i'], attribute: [{ name: 'value_int', type: 2, i: -3 }] },
      { opType: 'Constant', output: ['is'], attribute: [{ name: 'value_ints', type: 7, ints: [] }] },
      { opType: 'Constant', output: ['s'], attribute: [{ name: 'value_string', type: 3 }] },
    ];
    const { nodes, constants, tensors } = openOnnx(fileOf([{ name: 'w', dataType: 10, int32Data: [0x3c00] }], node));
    expect([...tensors.keys()]).toEqual(['w']);
    expect(nodes.map(({ output }) => output)).toEqual(['double', 's']);
    expect([...constants.keys()]).toEqual(['w', 'same', 'wide', 'f', 'fs', 'i', 'is']);
    expect(constants.get('wide')?.read()).toEqual({ shape: [], dtype: 'float32', data: Float32Array.of(1) });
    expect(constants.get('fs')?.read()).toEqual({ shape: [2], dtype: 'float32', data: Float32Array.of(0.5, 2) });
    expect([constants.get('i')?.shape, constants.get('i')?.readWhole()]).toEqual([[], [-3]]);
    expect(constants.get('is')?.readWhole()).toEqual([]);
    expect(() => constants.get('i')?.read()).toThrow(UnsupportedError);
    expect(() => constants.get('f')?.readWhole()).toThrow(UnsupportedError);
  });

  it('that disagree with themselves are refused', () => {
    const refusal = (proto: TensorProto) => {
      try {
        only(proto);
      } catch (error) {
        if (error instanceof WeightsError) return error.message;
        throw error;
      }
      return 'nothing was thrown';
    };
    const raw = new Uint8Array(4);
    expect([
      refusal({ dataType: 1, dims: [2], rawData: raw }),
      refusal({ dataType: 1, dims: [2], floatData: [1] }),
      refusal({ dataType: 1, dims: [1], int32Data: [1] }),
      refusal({ dataType: 1, dims: [1], floatData: [1], rawData: raw }),
      refusal({ dataType: 1, dims: [-1, -1], rawData: raw }),
      refusal({ dataType: 1, dims: [2 ** 40, 2 ** 40], rawData: raw }),
      refusal({ dataType: 8, dims: [1], stringData: [raw] }),
      refusal({ dataType: 22, dims: [2], rawData: raw }),
      refusal({ dataType: 1, dims: [1], segment: { begin: 0, end: 1 }, rawData: raw }),
      refusal({ dataType: 1, name: '', floatData: [1] }),
    ]).toMatchInlineSnapshot(`
      [
        "net: tensor "w": 4 bytes, want 8 for float32 [2]",
        "net: tensor "w": 1 numbers (floats), want 2 (floats) for float32 [2]",
        "net: tensor "w": 1 numbers (int32s), want 1 (floats) for float32 [1]",
        "net: tensor "w": elements in two places, want one list of them for float32 [1]",
        "net: tensor "w": shape [-1,-1], want sizes of 0 or more",
        "net: tensor "w": shape [1099511627776,1099511627776], want sizes of 0 or more",
        "net: tensor "w": elements of ONNX's type 8, want numbers of 8 bits or more; texts and types of 4 bits or fewer are not read",
        "net: tensor "w": elements of ONNX's type 22, want numbers of 8 bits or more; texts and types of 4 bits or fewer are not read",
        "net: initialiser 0: a segment of a tensor, want whole tensors; the file is damaged",
        "net: initialiser 0: no name, want one; the file is damaged",
      ]
    `);
    const twice = { name: 'w', dataType: 1, floatData: [1] };
    expect(() => openOnnx(fileOf([twice, twice]))).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: ONNX file: graph: the name "w" for two values, want each name once; the file is damaged]`,
    );
    const made = fileOf([twice], [{ opType: 'Relu', input: ['x'], output: ['w'] }]);
    expect(() => openOnnx(made)).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: ONNX file: graph: the name "w" for two values, want each name once; the file is damaged]`,
    );
  });
});
