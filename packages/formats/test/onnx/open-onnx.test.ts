import { WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { ModelProto } from '../../src/onnx/generated/onnx_pb.js';
import { openOnnx } from '../../src/onnx/index.js';
import { openWeights } from '../../src/weights/index.js';
import { fixture } from '../support/fixture.js';

/** First, middle and last value of each, as numpy has them. */
function probe(name: string, tensors: ReturnType<typeof openOnnx>['tensors']): unknown[] {
  const tensor = tensors.get(name);
  const data = tensor?.read().data ?? [];
  return [tensor?.shape, data[0], data[Math.floor(data.length / 2)], data[data.length - 1]];
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WeightsError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

describe('an ONNX file', () => {
  it('of the model zoo has its initialisers, and the inputs that are none', () => {
    const { tensors, nodes, ...file } = openOnnx(fixture('zoo16-opset3.onnx'), 'zoo.onnx');
    expect(file).toMatchObject({
      format: 'onnx',
      producer: 'onnx-caffe2',
      opset: 3,
      inputs: [{ name: 'data_0', dtype: 'float32', shape: [1, 3, 64, 64] }],
      outputs: [{ name: 'prob_1', dtype: 'float32', shape: [1, 10] }],
      metadata: {},
    });
    expect(tensors.size).toBe(116);
    expect([...tensors.keys()].slice(0, 2)).toEqual(['conv1/7x7_s2_w_0', 'conv1/7x7_s2_b_0']);
    expect(probe('conv1/7x7_s2_w_0', tensors)).toEqual([
      [4, 3, 7, 7],
      -0.03829066455364227,
      0.1302037537097931,
      -0.12871158123016357,
    ]);
    expect(probe('loss3/classifier_b_0', tensors)).toEqual([
      [10],
      -0.0024119734298437834,
      -0.07676684111356735,
      0.05210047960281372,
    ]);
    expect(nodes.length).toBe(143);
    expect(nodes[0]).toEqual({
      name: 'conv1/7x7_s2_1',
      op: 'Conv',
      opset: 3,
      attributes: { kernel_shape: [7, 7], pads: [3, 3, 3, 3], strides: [2, 2] },
      inputs: ['data_0', 'conv1/7x7_s2_w_0', 'conv1/7x7_s2_b_0'],
      output: 'conv1/7x7_s2_1',
      outputs: ['conv1/7x7_s2_1'],
    });
    expect(nodes.find(({ op }) => op === 'Reshape')?.attributes).toEqual({ shape: [1, 64] });
  });

  it('of PyTorch has the values of its Constant nodes, and open sizes by name', () => {
    const file = openOnnx(fixture('tv16-ts-opset17-transform-input.onnx'));
    expect(file.producer).toBe('pytorch 1.13.0');
    expect(file.inputs).toEqual([{ name: 'input', dtype: 'float32', shape: ['batch', 3, 64, 64] }]);
    expect([file.tensors.size, file.constants.size]).toEqual([116, 128]);
    expect(file.nodes.map(({ op }) => op)).not.toContain('Constant');
    expect(file.constants.get('/Constant_8_output_0')?.readWhole()).toEqual([2]);
    expect(file.constants.get('/Constant_9_output_0')).toMatchObject({ shape: [1], dtype: 'int64', byteLength: 8 });
    expect(file.constants.get('/Constant_11_output_0')?.read()).toEqual({
      shape: [],
      dtype: 'float32',
      data: Float32Array.of(-0.188),
    });
    expect(probe('onnx::Conv_735', file.tensors)).toEqual([
      [8, 52, 1, 1],
      0.1266801506280899,
      -0.14919723570346832,
      -0.09176430851221085,
    ]);
  });

  it('is a file of weights with a network', async () => {
    const bytes = fixture('zoo16-opset3.onnx');
    const { tensors, ...file } = await openWeights(bytes, 'zoo.onnx');
    const { nodes, inputs } = openOnnx(bytes);
    expect(file).toMatchObject({ format: 'onnx', producer: 'onnx-caffe2', metadata: {}, network: { nodes, inputs } });
    expect(tensors.get('loss3/classifier_w_0')?.shape).toEqual([10, 64]);
  });

  it('gives sizes that have no name one that nothing else has, and operators of other domains theirs', () => {
    const shape = { dim: [{ dimParam: 'batch' }, {}, { dimValue: -1 }, { dimValue: 0 }, { dimParam: '' }] };
    const model: ModelProto = {
      irVersion: 8,
      producerName: 'test',
      opsetImport: [
        { domain: 'com.microsoft', version: 1 },
        { domain: 'ai.onnx', version: 17 },
      ],
      metadataProps: [
        { key: '__proto__', value: 'é' },
        { key: 'empty', value: '' },
      ],
      graph: {
        name: 'g',
        input: [{ name: 'x', type: { tensorType: { elemType: 1, shape } } }, { name: 'unknown' }],
        node: [
          { opType: 'FusedConv', domain: 'com.microsoft', input: ['x', '', 'w'], output: ['y', 'mask'] },
          { opType: 'Relu', domain: 'ai.onnx', input: ['y'], output: [''] },
        ],
      },
    };
    const file = openOnnx(ModelProto.encode(model).finish());
    expect(file.inputs).toEqual([
      { name: 'x', dtype: 'float32', shape: ['batch', 'x:1', 'x:2', 0, 'x:4'] },
      { name: 'unknown' },
    ]);
    expect(file.nodes).toEqual([
      {
        ...{ name: 'y', op: 'com.microsoft.FusedConv', opset: 1, attributes: {} },
        ...{ inputs: ['x', '', 'w'], output: 'y', outputs: ['y', 'mask'] },
      },
      { name: 'Relu 1', op: 'Relu', opset: 17, attributes: {}, inputs: ['y'], output: '', outputs: [''] },
    ]);
    expect(file.metadata).toEqual(
      Object.fromEntries([
        ['__proto__', 'é'],
        ['empty', ''],
      ]),
    );
    expect([file.opset, [...file.opsets]]).toEqual([
      17,
      [
        ['com.microsoft', 1],
        ['', 17],
      ],
    ]);
  });

  it('that is none, or whose weights are elsewhere, says so', () => {
    expect(refusal(() => openOnnx(fixture('bvlc16-v1.caffemodel'), 'a.onnx'))).toMatchInlineSnapshot(
      `"a.onnx: a Caffe model, want an ONNX network; openCaffe of @strata/formats/caffe reads it"`,
    );
    expect(refusal(() => openOnnx(new Uint8Array(0), 'a.onnx'))).toMatchInlineSnapshot(
      `"a.onnx: an empty file, want an ONNX network; a download or copy did not finish: get it again"`,
    );
    // @ts-expect-error: no bytes.
    expect(refusal(() => openOnnx('net.onnx', 'a.onnx'))).toMatchInlineSnapshot(
      `"a.onnx: a text, want the bytes of an ONNX file"`,
    );
    const external = [
      { key: 'offset', value: '0' },
      { key: 'location', value: 'net.onnx.data' },
    ];
    const outside = ModelProto.encode({
      ...{ irVersion: 8, producerName: 'test' },
      graph: { initializer: [{ name: 'w', dataType: 1, dims: [2], dataLocation: 1, externalData: external }] },
    }).finish();
    expect(refusal(() => openOnnx(outside, 'a.onnx'))).toMatchInlineSnapshot(
      `"a.onnx: tensor "w": data in another file, "net.onnx.data", want one file that holds all; openOnnx and importOnnx take its bytes as externalData; in Python, beside that file: onnx.save(onnx.load("net.onnx"), "whole.onnx")"`,
    );
    expect(refusal(() => openOnnx(fixture('zoo16-opset3.onnx').subarray(0, 90_000), 'a.onnx'))).toMatchInlineSnapshot(
      `"a.onnx: model: a part of 124528 bytes at byte 15, want at most the 89981 that are left; the file is cut short: get it again"`,
    );
  });
});
