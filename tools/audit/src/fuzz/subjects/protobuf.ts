import { initialiseWeights, LayerBuilder } from '@strata/core';
import { openCaffe } from '@strata/formats/caffe';
import { exportOnnx, importOnnx, openOnnx } from '@strata/formats/onnx';
import { joinBytes } from '@strata/trials/files';
import type { Draw } from '../draw.js';
import { repeatBytes } from '../repeat-bytes.js';
import { fixture, readAll, type Subject } from './subject.js';

function smallNetwork(): Uint8Array {
  const layers = new LayerBuilder();
  const input = layers.input('x', ['batch', 2, 6, 6]);
  const conv = layers.conv2d('conv', input, { filters: 3, window: [3, 2] });
  const graph = layers.build([layers.linear('fc', layers.flatten('flat', conv), { features: 2 })]);
  return exportOnnx(graph, initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 1 }));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push(128 + (rest % 128));
  }
}

/** A field that holds bytes. */
const field = (number: number, content: Uint8Array) =>
  joinBytes(varint(8 * number + 2), varint(content.length), content);

/** Messages in messages, along a path that is walked again and again. */
function nested(path: readonly number[], draw: Draw): Uint8Array {
  // The outermost has the length of all, so the bytes are written from the end.
  const headers: Uint8Array[] = [];
  let length = 0;
  for (let depth = draw.one([10, 1000, draw.once(8) ? 30_000 : 3000]) - 1; depth >= 0; depth--) {
    const header = joinBytes(varint(8 * path[depth % path.length] + 2), varint(length));
    headers.push(header);
    length += header.length;
  }
  return joinBytes(...headers.reverse());
}

/** One field, very often. */
const many = (part: Uint8Array, draw: Draw) => {
  const times = Math.min(draw.one([1000, 10_000, draw.once(8) ? 500_000 : 30_000]), Math.floor(2 ** 21 / part.length));
  return repeatBytes(part, times);
};

const irVersion = Uint8Array.of(0x08, 0x08);

export const onnx: Subject = {
  seeds: () => [smallNetwork()],
  fixtures: () => [fixture('zoo16-opset3.onnx'), fixture('tv16-ts-opset17-transform-input.onnx')],
  traps: [
    // graph, node, attribute, g: a graph in a node's attribute, and so on.
    (draw) => joinBytes(irVersion, field(7, nested([1, 5, 6], draw))),
    (draw) => joinBytes(irVersion, field(7, nested([5, draw.below(20)], draw))),
    // Nodes, initialisers, inputs, and dimensions of one tensor.
    (draw) => joinBytes(irVersion, field(7, many(field(draw.one([1, 2, 5, 11, 12, 13]), new Uint8Array(0)), draw))),
    (draw) => joinBytes(irVersion, field(7, field(5, many(Uint8Array.of(0x08, draw.one([0, 1, 2, 127])), draw)))),
    (draw) =>
      joinBytes(irVersion, many(field(draw.one([8, 14, 20, 25]), new Uint8Array(0)), draw), field(7, smallNetwork())),
  ],
  read(bytes) {
    const { tensors, constants } = openOnnx(bytes, 'f');
    readAll(tensors.values());
    readAll(constants.values());
  },
};

/** A node of an ONNX graph. */
function nodeOf(op: string, inputs: readonly string[], output: string): Uint8Array {
  const texts = inputs.map((input) => field(1, joinBytes(input)));
  return field(1, joinBytes(...texts, field(2, joinBytes(output)), field(4, joinBytes(op))));
}

/** A network whose Reshape has a target that follows from shapes, as exporters write it. */
function foldedNetwork(): Uint8Array {
  const nodes = [
    nodeOf('Shape', ['x'], 's'),
    nodeOf('Gather', ['s', 'zero'], 'n'),
    nodeOf('Mul', ['n', 'one'], 'm'),
    nodeOf('Concat', ['m', 'rest'], 't'),
    nodeOf('Reshape', ['x', 't'], 'r'),
    nodeOf('ConstantOfShape', ['two'], 'c'),
    nodeOf('MatMul', ['r', 'c'], 'p'),
    nodeOf('Add', ['p', 'c'], 'y'),
  ];
  // One int64 number, or two, each of a byte.
  const whole = (name: string, ...values: readonly number[]) =>
    field(
      5,
      joinBytes(Uint8Array.of(8, values.length, 16, 7), field(7, Uint8Array.from(values)), field(8, joinBytes(name))),
    );
  const constants = [whole('zero', 0), whole('one', 1), whole('rest', 8), whole('two', 8, 8)];
  const sizes = [1, 2, 2, 2].map((size) => field(1, Uint8Array.of(8, size)));
  const type = field(2, field(1, joinBytes(Uint8Array.of(8, 1), field(2, joinBytes(...sizes)))));
  const values = [field(11, joinBytes(field(1, joinBytes('x')), type)), field(12, field(1, joinBytes('y')))];
  const graph = joinBytes(...nodes, ...constants, ...values);
  return joinBytes(irVersion, field(2, joinBytes('test')), field(7, graph), field(8, Uint8Array.of(16, 17)));
}

export const onnxNetwork: Subject = {
  ...onnx,
  seeds: () => [smallNetwork(), foldedNetwork()],
  read(bytes) {
    importOnnx(bytes, { where: 'f' });
  },
};

export const caffe: Subject = {
  seeds: () => [smallCaffe()],
  fixtures: () => [fixture('bvlc16-v1.caffemodel'), fixture('bvlc16-train.caffemodel')],
  traps: [
    (draw) => joinBytes(caffeName, nested([100, 7, 5], draw)),
    (draw) => joinBytes(caffeName, many(field(draw.one([2, 3, 100]), new Uint8Array(0)), draw)),
    (draw) => joinBytes(caffeName, field(100, joinBytes(layerName, many(field(7, new Uint8Array(0)), draw)))),
    // Axes of one blob, and numbers that are not packed.
    (draw) =>
      joinBytes(caffeName, field(100, joinBytes(layerName, field(7, field(7, many(Uint8Array.of(8, 127), draw)))))),
    (draw) =>
      joinBytes(caffeName, field(100, joinBytes(layerName, field(7, many(Uint8Array.of(0x2d, 0, 0, 0, 0), draw))))),
  ],
  read: (bytes) => readAll(openCaffe(bytes, 'f').tensors.values()),
};

const caffeName = field(1, joinBytes('net'));
const layerName = joinBytes(field(1, joinBytes('conv')), field(2, joinBytes('Convolution')));

/** A layer with a blob of 2 × 3 and one of 2 numbers. */
function smallCaffe(): Uint8Array {
  const blob = (...sizes: readonly number[]) => {
    const count = sizes.reduce((product, size) => product * size, 1);
    const numbers = new Uint8Array(Float32Array.from({ length: count }, (_, at) => at).buffer);
    return field(7, joinBytes(field(5, numbers), field(7, field(1, Uint8Array.from(sizes)))));
  };
  return joinBytes(caffeName, field(100, joinBytes(layerName, blob(2, 3), blob(2))));
}
