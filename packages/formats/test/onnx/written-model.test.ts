import { computeKinds, type Graph, LayerBuilder, type Model, nodesOf, type Tensor, tensor } from '@strata/core';
import { generators } from '@strata/trials';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../src/onnx/encoding/encode-model.js';
import { operatorTable } from '../../src/onnx/operators/operator-table.js';
import { readModel } from '../support/onnx-bytes.js';
import { emitStandard } from '../support/reimport.js';

/** The same values as a part of a larger array. */
function inside({ shape, dtype, data }: Tensor): Tensor {
  const larger = new Float32Array(data.length + 5).fill(-77);
  larger.set(data, 3);
  return { shape, dtype, data: larger.subarray(3, 3 + data.length) };
}

describe('a model as bytes', () => {
  it('holds nodes, weights, inputs and outputs as they were, wherever the weights lie', () => {
    const models: fc.Arbitrary<Model> = fc.oneof(...computeKinds.map((kind) => generators[kind]));
    fc.assert(
      fc.property(models, fc.constantFrom(0, 40, Number.POSITIVE_INFINITY), ({ graph, weights }, inlineBytes) => {
        const parts = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, inside(weight)]));
        const encoded = encodeModel({ graph, weights: parts }, operatorTable, { inlineBytes });
        const read = readModel(encoded.bytes);
        const emitted = emitStandard({ graph, weights }).nodes;
        expect(read.nodes.slice(0, emitted.length).map(({ name, op, inputs }) => ({ name, op, inputs }))).toEqual(
          emitted.map(({ name, opType, input }) => ({ name, op: opType, inputs: input })),
        );
        expect(read.inputs.map(({ name }) => name)).toEqual(nodesOf(graph, 'input').map(({ name }) => name));
        expect(read.outputs).toEqual(encoded.outputs.map(({ onnxName }) => onnxName));
        const made = read.nodes.flatMap(({ outputs }) => outputs);
        expect(read.outputs.filter((name) => !made.includes(name))).toEqual([]);
        for (const { name } of nodesOf(graph, 'parameter')) {
          const constant = read.constants.find((one) => one.name === name);
          if (constant === undefined) throw new Error(`no constant ${name}`);
          const { location, offset, length } = constant.external;
          const file = encoded.externalData.find(({ path }) => path === location)?.data;
          const bytes = file?.subarray(Number(offset), Number(offset) + Number(length)) ?? constant.raw;
          expect(constant.shape).toEqual(weights[name].shape);
          expect(new Float32Array(bytes.slice().buffer)).toEqual(weights[name].data);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('names in a model', () => {
  const relu = { activation: 'relu' } as const;

  /** `fc` with its relu fused, beside a node that has the name its linear part would get. */
  function crowded(): Graph {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 2]);
    const taken = layers.relu('fc:linear', x);
    const { nodes, outputs } = layers.build([layers.linear('fc', taken, { features: 2 })]);
    return { nodes: nodes.map((node) => (node.op === 'linear' ? { ...node, attributes: relu } : node)), outputs };
  }

  it('that operators make up are none of the graph', () => {
    const weights = { 'fc.weight': tensor([2, 2], [1, 2, 3, 4]), 'fc.bias': tensor([2], [0, 0]) };
    const { nodes } = readModel(encodeModel({ graph: crowded(), weights }, operatorTable).bytes);
    expect(nodes.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['fc:linear', ['x']],
      ["fc:linear'", ['fc:linear', 'fc.weight', 'fc.bias']],
      ['fc', ["fc:linear'"]],
    ]);
  });

  it('of inputs and parameters that are outputs belong to nodes of their own', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', [1, 2]);
    const p = layers.parameter('p', [1, 2]);
    const taken = layers.add('x:output', x, p);
    const encoded = encodeModel(
      { graph: layers.build([x, p, taken]), weights: { p: tensor([1, 2], [1, 2]) } },
      operatorTable,
    );
    expect(encoded.outputs).toEqual([
      { name: 'x', onnxName: "x:output'" },
      { name: 'p', onnxName: 'p:output' },
      { name: 'x:output', onnxName: 'x:output' },
    ]);
    const { nodes, outputs } = readModel(encoded.bytes);
    expect(outputs).toEqual(["x:output'", 'p:output', 'x:output']);
    expect(nodes.map(({ op, inputs, outputs }) => [op, inputs, outputs])).toEqual([
      ['Add', ['x', 'p'], ['x:output']],
      ['Identity', ['x'], ["x:output'"]],
      ['Identity', ['p'], ['p:output']],
    ]);
  });

  it('that ONNX Runtime loses are told apart', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['n\u0001', 'n\u0002']);
    const first = layers.relu('a\u0000', x);
    const second = layers.relu('a\u0001', first);
    const third = layers.relu('constructor', layers.relu('a_:renamed', second));
    const encoded = encodeModel({ graph: layers.build([first, second, third]), weights: {} }, operatorTable);
    expect(encoded.outputs).toEqual([
      { name: 'a\u0000', onnxName: "a_:renamed'" },
      { name: 'a\u0001', onnxName: "a_:renamed''" },
      { name: 'constructor', onnxName: 'constructor:renamed' },
    ]);
    expect(readModel(encoded.bytes).inputs).toEqual([{ name: 'x', sizes: ['n_:renamed', "n_:renamed'"] }]);
  });
});
