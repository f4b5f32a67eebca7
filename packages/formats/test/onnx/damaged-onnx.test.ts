import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { initialiseWeights, LayerBuilder, WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { ModelProto, type NodeProto } from '../../src/onnx/generated/onnx_pb.js';
import { exportOnnx, importOnnx, openOnnx } from '../../src/onnx/index.js';
import { countOpenedWhenCut, damage } from '../support/damage.js';

function smallFile(): Uint8Array {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 2, 4, 4]);
  const conv = layers.conv2d('conv', x, { filters: 1, window: 2 });
  const graph = layers.build([
    layers.linear('fc', layers.flatten('flat', layers.dropout('d', conv, { rate: 0.5 })), { features: 2 }),
  ]);
  return exportOnnx(graph, initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }));
}

/** A node of an operator with nested graphs, `depth` of them. */
function nested(depth: number): NodeProto {
  let node: NodeProto = { opType: 'Relu', input: ['x'], output: ['y'] };
  for (let level = 0; level < depth; level++) {
    node = { opType: 'If', output: ['y'], attribute: [{ name: 'then_branch', type: 5, g: { node: [node] } }] };
  }
  return node;
}

function modelOf(graph: Uint8Array): Uint8Array {
  return new BinaryWriter().uint32(8).int32(8).uint32(18).string('test').uint32(58).bytes(graph).finish();
}

describe('a damaged ONNX file', () => {
  it('that is cut anywhere is refused', () => {
    const bytes = smallFile();
    expect(openOnnx(bytes).tensors.size).toBeGreaterThan(3);
    // Behind the version of the operators stand texts, of which there are none.
    expect(countOpenedWhenCut(bytes, openOnnx)).toBe(0);
  });

  it('gives a WeightsError or a network, and nothing else', () => {
    damage(smallFile(), openOnnx, 3000);
  });

  it('is imported whole, or refused as a file that is damaged or not supported', () => {
    const imported = (bytes: Uint8Array) => {
      importOnnx(bytes);
      return { tensors: new Map() };
    };
    expect(countOpenedWhenCut(smallFile(), imported)).toBe(0);
    damage(smallFile(), imported, 3000);
  });

  it('is refused for more parts than networks have, at once', () => {
    const node = new BinaryWriter()
      .uint32(10)
      .bytes(Uint8Array.of(0x22, 1, 0x41))
      .finish();
    const graph = new Uint8Array(node.length * 400_000);
    for (let at = 0; at < graph.length; at += node.length) graph.set(node, at);
    const began = process.cpuUsage();
    expect(() => openOnnx(modelOf(graph))).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: ONNX file: more parts than any network has, want at most 1000000 names and numbers beside the weights]`,
    );
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
  });

  it('is refused for a list of more numbers than networks have', () => {
    const attribute = new BinaryWriter().uint32(66).bytes(new Uint8Array(1_500_000)).finish();
    const node = new BinaryWriter().uint32(34).string('A').uint32(42).bytes(attribute).finish();
    expect(() => openOnnx(modelOf(new BinaryWriter().uint32(10).bytes(node).finish()))).toThrow(/more parts than/);
    const dims = new BinaryWriter().uint32(10).bytes(new Uint8Array(1_500_000).fill(1)).finish();
    expect(() => openOnnx(modelOf(new BinaryWriter().uint32(42).bytes(dims).finish()))).toThrow(/more parts than/);
  });

  it('may nest graphs as deep as it likes: they are not entered', () => {
    const node = nested(300);
    const { nodes } = openOnnx(
      ModelProto.encode({
        irVersion: 8,
        producerName: 't',
        opsetImport: [{ version: 16 }],
        graph: { node: [node] },
      }).finish(),
    );
    expect(nodes).toMatchObject([{ op: 'If', attributes: {}, output: 'y' }]);
  });

  it('without a graph, or the version of its operators, is refused', () => {
    const header = new BinaryWriter().uint32(8).int32(8).uint32(18).string('test');
    expect(() => openOnnx(header.uint32(66).bytes(Uint8Array.of(0x10, 17)).finish())).toThrow('no graph, want one');
    expect(() => openOnnx(modelOf(new Uint8Array(0)))).toThrow('no version of its operators, want one');
  });

  it('says so in a line of moderate length, whatever its names', () => {
    const name = 'n'.repeat(5000);
    const initializer = [{ name, dataType: 1, dims: new Array<number>(1000).fill(7), floatData: [1] }];
    const bytes = ModelProto.encode({ irVersion: 8, producerName: name, graph: { initializer } }).finish();
    expect(() => openOnnx(bytes, 'net')).toThrow(WeightsError);
    expect(() => openOnnx(bytes, 'net')).toThrow(/^.{100,300}$/);
  });

  it('that is no protobuf behind its first fields says where', () => {
    const refusal = (graph: readonly number[]) => {
      try {
        openOnnx(modelOf(Uint8Array.from(graph)), 'net');
      } catch (error) {
        if (error instanceof WeightsError) return error.message;
        throw error;
      }
      return 'nothing was thrown';
    };
    expect([
      refusal([0x0f]),
      refusal([0x0b, 0x0c]),
      refusal([0x0a, 0x05, 0x00]),
      refusal([0x12, 0x01, 0xff]),
      refusal([0x10, 0x01]),
      refusal([0x2a, 0x04, 0x2a, 0x02, 0x80, 0x80]),
      refusal([0x2a, 0x05, 0x22, 0x03, 0, 0, 0]),
      refusal([0x0a, 0x02, 0x1a, 0x00]),
      refusal([0x7a, 0x00]),
    ]).toMatchInlineSnapshot(`
      [
        "net: graph: bytes that are no protobuf message (illegal tag: field no 1 wire type 7) in the field at byte 10; the file is damaged",
        "net: graph: a group at byte 10, want fields without groups; the file is damaged",
        "net: graph: a part of 5 bytes at byte 10, want at most 1; the file is damaged",
        "net: graph: bytes that are not UTF-8 in field 2, want a text; the file is damaged",
        "net: graph: field 2 stored in another way, want a text or message; the file is damaged",
        "net: initialiser 0: field 5 that ends within a number; the file is damaged",
        "net: initialiser 0: 3 bytes of numbers in field 4, want whole numbers of elements; the file is damaged",
        "net: node 0: no operator, want its name; the file is damaged",
        "net: sparse weights, want weights that list every value",
      ]
    `);
  });
});
