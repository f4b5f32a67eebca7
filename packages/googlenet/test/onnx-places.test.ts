import { readFileSync } from 'node:fs';
import { initialiseWeights, ownValue } from '@strata/core';
import { exportOnnx, type OnnxNetwork } from '@strata/formats/onnx';
import { openWeights } from '@strata/formats/weights';
import { describe, expect, it } from 'vitest';
import type { CheckpointFile } from '../src/checkpoints/examine.js';
import { readGraph } from '../src/checkpoints/onnx/read-graph.js';
import { buildGoogLeNet, constantsOf, describeCheckpoint, type Variant, variantNames } from '../src/index.js';
import { paperWidths } from '../src/network/widths.js';

const open = async (name: string) =>
  openWeights(readFileSync(new URL(`../../formats/test/fixtures/${name}`, import.meta.url)), name);

/** A small network of our own as an ONNX file. */
async function exported(variant: Variant): Promise<Required<CheckpointFile>> {
  const widths = Object.fromEntries(Object.keys(paperWidths).map((layer, index) => [layer, 1 + (index % 3)]));
  const graph = buildGoogLeNet(variant, { widths, classes: 5 });
  const weights = { ...initialiseWeights(graph, { scheme: 'kaiming-uniform', seed: 3 }), ...constantsOf(variant) };
  const { tensors, metadata, network } = await openWeights(exportOnnx(graph, weights));
  if (network === undefined) throw new Error('an ONNX file has a network');
  return { tensors, metadata, network };
}

/** The same network with its constants renamed, as exporters do, and its nodes from the last to the first. */
function renamed({ nodes, constants, ...network }: OnnxNetwork): OnnxNetwork {
  const names = new Map([...constants.keys()].map((name, index) => [name, `onnx::Conv_${index}`]));
  return {
    ...network,
    constants: new Map([...constants].map(([name, tensor]) => [names.get(name) ?? name, tensor])),
    nodes: nodes.toReversed().map((node) => ({ ...node, inputs: node.inputs.map((name) => names.get(name) ?? name) })),
  };
}

/** The network with other attributes for the nodes of one operator. */
function altered(
  network: OnnxNetwork,
  op: string,
  attributes: OnnxNetwork['nodes'][number]['attributes'],
): OnnxNetwork {
  const change = (node: OnnxNetwork['nodes'][number]) =>
    node.op === op ? { ...node, attributes: { ...node.attributes, ...attributes } } : node;
  return { ...network, nodes: network.nodes.map(change) };
}

describe('weights of an ONNX file', () => {
  it.each(variantNames)('of %s are known by their places, whatever they are called', async (variant) => {
    const { network, tensors } = await exported(variant);
    const reading = readGraph(renamed(network));
    if (typeof reading === 'string') throw new Error(reading);
    expect(reading.variant).toBe(variant);
    expect(reading.transformInput).toBe(variant === 'torchvision');
    // Besides the exporter's own constants.
    const own = [...tensors.keys()].filter((name) => !/^transform\.|:/.test(name));
    expect([...reading.tensors.keys()].sort()).toEqual(own.sort());
    for (const [name, tensor] of reading.tensors) expect(tensor.read(), name).toEqual(tensors.get(name)?.read());
  });

  it.each([
    ['zoo16-opset3.onnx', { variant: 'bvlc', parameters: 24_829, foldedBatchNorm: false, transformInput: 'off' }],
    [
      'tv16-ts-opset17-transform-input.onnx',
      { variant: 'torchvision', parameters: 23_859, foldedBatchNorm: true, transformInput: 'on' },
    ],
  ])('%s is described', async (name, want) => {
    const found = describeCheckpoint(await open(name));
    expect(found).toMatchObject({ ...want, likeness: 1, classes: 10, source: "an ONNX network's places" });
  });

  it.each([
    ['bvlc', 'Conv', { pads: [2, 2, 3, 3] }, 'a convolution for '],
    ['bvlc', 'LRN', { alpha: 0.001 }, 'local response normalisation with other numbers'],
    ['torchvision', 'MaxPool', { ceil_mode: 0 }, 'a pool for pool1'],
    ['torchvision', 'BatchNormalization', { epsilon: 1e-5 }, 'batch norm'],
  ] as const)('%s with another %s is no file of weights', async (variant, op, attributes, why) => {
    const { network } = await exported(variant);
    const reading = readGraph(altered(network, op, attributes));
    expect(typeof reading === 'string' ? reading : 'read').toMatch(new RegExp(`^${why}`));
  });

  it.each([
    ['seed', 'Relu', 'Sigmoid', 0, 'Sigmoid, MaxPool after conv1'],
    ['seed', 'Relu', 'LeakyRelu', 30, 'LeakyRelu '],
    ['bvlc', 'Relu', 'Tanh', 3, 'Tanh after inception3a'],
    ['torchvision', 'Relu', 'Elu', 9, 'Elu after inception3'],
    ['d2l', 'GlobalAveragePool', 'GlobalMaxPool', 0, 'GlobalMaxPool, Flatten before fc'],
    ['bvlc', 'Softmax', 'LogSoftmax', 0, 'LogSoftmax after fc'],
    ['torchvision', 'MaxPool', 'AveragePool', 2, 'AveragePool in branch 4 of inception3a'],
  ] as const)(
    'of %s with %s number %4$d as %s are none, for they were trained for another',
    async (variant, op, other, at, why) => {
      const { network } = await exported(variant);
      const changed = network.nodes.filter((node) => node.op === op)[at];
      const nodes = network.nodes.map((node) => (node === changed ? { ...node, op: other } : node));
      const reading = readGraph({ ...network, nodes });
      expect(typeof reading === 'string' ? reading : 'read').toContain(why);
    },
  );

  it('where a branch of a block begins with another value than the others are none', async () => {
    const { network } = await exported('bvlc');
    const concat = network.nodes.find(({ op }) => op === 'Concat');
    const first = network.nodes.find(({ op, inputs }) => op === 'Conv' && inputs[0] === concat?.outputs[0]);
    if (concat === undefined || first === undefined) throw new Error('a block ends with a Concat');
    const extra = { ...concat, op: 'Tanh', inputs: concat.outputs, outputs: ['extra'], attributes: {} };
    const nodes = network.nodes.map((node) =>
      node === first ? { ...node, inputs: ['extra', ...node.inputs.slice(1)] } : node,
    );
    expect(readGraph({ ...network, nodes: [...nodes, extra] })).toBe("a network that is not GoogLeNet's");
  });

  it('where a block has a pool of another window are none', async () => {
    const { network } = await exported('bvlc');
    const pool = network.nodes.filter(({ op }) => op === 'MaxPool')[2];
    const attributes = { ...pool.attributes, kernel_shape: [5, 5], pads: [2, 2, 2, 2] };
    const nodes = network.nodes.map((node) => (node === pool ? { ...node, attributes } : node));
    expect(readGraph({ ...network, nodes })).toBe('a pool in branch 4 of inception3a of another window');
  });

  it('whose last matrix lies the other way are transposed', async () => {
    const { network, tensors } = await exported('seed');
    const reading = readGraph(altered(network, 'Gemm', { transB: 0 }));
    if (typeof reading === 'string') throw new Error(reading);
    const given = tensors.get('fc.weight')?.read();
    const read = reading.tensors.get('fc.weight')?.read();
    expect(read?.shape).toEqual(given?.shape.toReversed());
    expect(read?.data[1]).toBe(given?.data[given.shape[1]]);
  });

  it('a network in a circle is none', async () => {
    const { network } = await exported('seed');
    const [first, ...nodes] = network.nodes;
    const circle = { ...network, nodes: [{ ...first, inputs: first.outputs, op: 'Relu' }, ...nodes] };
    expect(typeof readGraph(circle)).toBe('string');
    expect(ownValue(first.attributes, 'strides')).toBeDefined();
  });
});
