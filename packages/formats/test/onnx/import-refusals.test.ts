import { UnsupportedError, WeightsError } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../src/onnx/index.js';
import { floats, node, type OnnxParts, onnxOf } from '../support/onnx-model.js';

const x = { x: ['batch', 2, 4, 4] };

function refusal(parts: OnnxParts, options = {}): string {
  try {
    importOnnx(onnxOf(parts), { where: 'net.onnx', ...options });
  } catch (error) {
    if (error instanceof WeightsError || error instanceof UnsupportedError) return `${error.name}: ${error.message}`;
    throw error;
  }
  return 'nothing was thrown';
}

describe('importOnnx refuses', () => {
  it('all nodes that no layers stand for at once, each with its reason, and not those behind them', () => {
    const nodes = [
      node('Sin', ['x'], 'a'),
      node('Softmax', ['x'], 'b', { axis: 7 }),
      node('Relu', ['a'], 'c'),
      node('Sum', ['c', 'b', 'x'], 'y'),
      node('Cos', ['x'], 'unread'),
    ];
    expect(refusal({ inputs: x, nodes, outputs: ['y'] })).toMatchInlineSnapshot(`
      "UnsupportedError: net.onnx: 2 nodes that cannot be taken, want nodes that layers stand for
      name  operator  reason
      a     Sin       an operator that no layer stands for
      b     Softmax   b (softmax): axis 7, want a whole number from -4 to 3"
    `);
  });

  it('lists twenty and counts the rest', () => {
    const names = Array.from({ length: 25 }, (_, index) => `n${index}`);
    const message = refusal({ inputs: x, nodes: names.map((name) => node('Sin', ['x'], name)), outputs: names });
    expect(message).toMatch(/^UnsupportedError: net.onnx: 25 nodes that cannot be taken, .*\n/);
    expect(message.split('\n').length).toBe(23);
    expect(message).toMatch(/\n… and 5 more$/);
  });

  it('a cycle, a value that nothing makes, a name for two values, and outputs that are none', () => {
    const cycle = [node('Relu', ['b'], 'a'), node('Relu', ['a'], 'b')];
    expect([
      refusal({ inputs: x, nodes: cycle, outputs: ['b'] }),
      refusal({ inputs: x, nodes: [node('Relu', ['a'], 'a')], outputs: ['a'] }),
      refusal({ inputs: x, nodes: [node('Relu', ['z'], 'y')], outputs: ['y'] }),
      refusal({ inputs: x, nodes: [], outputs: ['y'] }),
      refusal({ inputs: x, nodes: [node('Relu', ['x'], 'y'), node('Relu', ['x'], 'y')], outputs: ['y'] }),
      refusal({ inputs: x, nodes: [node('Relu', ['x'], 'x')], outputs: ['x'] }),
      refusal({ inputs: x, nodes: [node('Relu', ['x'], 'y')], outputs: [] }),
      refusal({ inputs: x, nodes: [node('Relu', ['x'], 'y')], outputs: ['y', 'y'] }),
    ]).toMatchInlineSnapshot(`
      [
        "WeightsError: net.onnx: "b" (Relu): a node that needs its own value, want nodes that follow from the inputs; the file is damaged",
        "WeightsError: net.onnx: "a" (Relu): a node that needs its own value, want nodes that follow from the inputs; the file is damaged",
        "WeightsError: net.onnx: "y" (Relu): the value "z", which nothing makes, want nodes that follow from the inputs; the file is damaged",
        "WeightsError: net.onnx: outputs: the value "y", which nothing makes, want nodes that follow from the inputs; the file is damaged",
        "WeightsError: net.onnx: graph: the name "y" for two values, want each name once; the file is damaged",
        "WeightsError: net.onnx: graph: the name "x" for two values, want each name once; the file is damaged",
        "WeightsError: net.onnx: 0 outputs, want 1 to 1000 outputs, each once",
        "WeightsError: net.onnx: the output "y" twice, want 1 to 1000 outputs, each once",
      ]
    `);
  });

  it('shapes that are not what the network has, and weights that are not finite', () => {
    const weights = [floats('w', [3, 2, 1, 1], [1, 2, 3, 4, 5, 6]), floats('b', [2], [1, 2])];
    const conv = [node('Conv', ['x', 'w', 'b'], 'y')];
    expect([
      refusal({ inputs: x, nodes: conv, outputs: ['y'], constants: weights }),
      refusal({ inputs: { x: ['n', 5, 4, 4] }, nodes: conv, outputs: ['y'], constants: weights }),
      refusal({ inputs: { x: ['n', 2] }, nodes: conv, outputs: ['y'], constants: weights }),
      refusal({ inputs: { x: [0, 2, 4, 4] }, nodes: [node('Relu', ['x'], 'y')], outputs: ['y'] }),
      refusal({
        inputs: x,
        nodes: [node('Add', ['x', 'c'], 'y')],
        outputs: ['y'],
        constants: [floats('c', [], [NaN])],
      }),
    ]).toMatchInlineSnapshot(`
      [
        "WeightsError: weights: 1 of 2 tensors do not fit: y.bias is [2] (want [3]), want the 2 parameters of the network, finite, in their shapes",
        "WeightsError: weights: 2 of 2 tensors do not fit: 2 of another shape or content, want the 2 parameters of the network, finite, in their shapes
      name      got        want
      y.weight  [3,2,1,1]  [3,5,1,1]
      y.bias    [2]        [3]",
        "UnsupportedError: net.onnx: y (Conv): x [n,2], weights [3,2,1,1], want two axes of pictures behind batch and channels",
        "UnsupportedError: net.onnx: x (input): an input of shape [0,2,4,4], want sizes of 1 or more",
        "WeightsError: weights: 1 of 1 tensors do not fit: c is NaN at element 0 (want finite values), want the 1 parameters of the network, finite, in their shapes",
      ]
    `);
  });

  it('the second output of a node where it is read, and only then', () => {
    const nodes = [node('Dropout', ['x'], ['y', 'mask'])];
    expect(importOnnx(onnxOf({ inputs: x, nodes, outputs: ['y'] })).graph.outputs).toEqual(['y']);
    expect(refusal({ inputs: x, nodes, outputs: ['y', 'mask'] })).toMatchInlineSnapshot(
      `"UnsupportedError: net.onnx: y (Dropout): its output "mask", which no layer gives, is read"`,
    );
  });

  it('sizes that grow without end, at once', () => {
    const names = ['x', ...Array.from({ length: 80 }, (_, index) => `n${index}`)];
    const concat = (axis: number) =>
      names.slice(1).map((name, index) => node('Concat', [names[index], names[index]], name, { axis }));
    expect(refusal({ inputs: x, nodes: concat(0), outputs: ['n79'] })).toMatch(/more elements than memory has/);
    expect(refusal({ inputs: x, nodes: concat(1), outputs: ['n79'] })).toMatch(/more elements than memory has/);
    const shape = { name: 's', dims: [2], dataType: 7, int64Data: [100_000, 100_000] };
    const filled = [node('ConstantOfShape', ['s'], 'c'), node('Add', ['x', 'c'], 'y')];
    expect(refusal({ inputs: x, nodes: filled, outputs: ['y'], constants: [shape] })).toMatch(/larger constants than/);
  });

  it('more nodes than networks have, and takes as many as those have, at once', () => {
    const chain = (length: number) => {
      const nodes = Array.from({ length }, (_, index) =>
        node('Relu', [index === 0 ? 'x' : `n${index - 1}`], `n${index}`),
      );
      return { inputs: x, nodes, outputs: [`n${length - 1}`] };
    };
    const began = process.cpuUsage();
    expect(refusal(chain(200_000))).toMatch(/more parts than any network has/);
    // Nodes in the other order than ONNX asks for, in which a recursive walk would go as deep as the network.
    const { nodes, ...parts } = chain(20_000);
    expect(importOnnx(onnxOf({ ...parts, nodes: nodes.toReversed() })).graph.nodes.length).toBe(20_001);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(8000);
  });
});
