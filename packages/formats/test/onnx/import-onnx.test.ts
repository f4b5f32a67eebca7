import { computeKinds, type Graph, inferShapes, type Model, type Node, type Tensor, tensor } from '@strata/core';
import { interpret } from '@strata/core/reference';
import { generators, graphTrials } from '@strata/trials';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportOnnx, importOnnx } from '../../src/onnx/index.js';
import { fixture } from '../support/fixture.js';
import { buildVariedNetwork } from '../support/varied-network.js';

/** The graph with numbers in float32, as files have them, and axes from the first. */
function rounded({ nodes, outputs }: Graph): Graph {
  const shapes = inferShapes({ nodes, outputs });
  const roundedNodes = nodes.map((node): Node => {
    const copy = structuredClone(node);
    const rank = shapes.get(node.inputs[0])?.length ?? 0;
    for (const [name, value] of Object.entries(copy.attributes)) {
      if (typeof value !== 'number') continue;
      Reflect.set(copy.attributes, name, name === 'axis' && value < 0 ? value + rank : Math.fround(value));
    }
    return copy;
  });
  return { nodes: roundedNodes, outputs };
}

/** The nodes, parameters by name, for files put them in another order; without what no output needs. */
function inOrder({ nodes, outputs }: Graph): readonly Node[] {
  const needed = new Set(outputs);
  for (const node of [...nodes].reverse()) if (needed.has(node.name)) for (const name of node.inputs) needed.add(name);
  const kept = nodes.filter(({ name, op }) => op === 'input' || needed.has(name));
  const parameters = kept.filter(({ op }) => op === 'parameter').sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...parameters, ...kept.filter(({ op }) => op !== 'parameter')];
}

function valuesOf({ graph, weights }: Model, inputs: Readonly<Record<string, Tensor>>) {
  return [...interpret(graph, weights, inputs)].map(([name, { value }]) => [name, value]);
}

/** Ops that may come back as others, which compute the same: a flatten, or the padding of the window behind. */
const inOtherForm: ReadonlySet<string> = new Set(['reshape', 'pad']);

const trials = fc.oneof(graphTrials, ...computeKinds.map((kind) => generators[kind]));

describe('importOnnx of an exported network', () => {
  it('is the same network with the same weights, and computes the same', () => {
    fc.assert(
      fc.property(trials, ({ graph: given, weights, runs: [inputs] }) => {
        const graph = rounded(given);
        // ONNX has no operator for it: files have its parts, which stay parts or are refused.
        fc.pre(!graph.nodes.some(({ op }) => op === 'adaptiveAvgPool2d'));
        const read = importOnnx(exportOnnx(graph, weights), { openBatch: false });
        const isNode = (name: string) =>
          ['input', 'parameter'].includes(graph.nodes.find((n) => n.name === name)?.op ?? '');
        // An input or a parameter that is an output has a node of its own in ONNX.
        fc.pre(!graph.outputs.some(isNode));
        expect(read.graph.outputs).toEqual(graph.outputs);
        if (!graph.nodes.some(({ op }) => inOtherForm.has(op))) expect(inOrder(read.graph)).toEqual(inOrder(graph));
        for (const [name, weight] of Object.entries(read.weights)) expect(weight).toEqual(weights[name]);
        expect(read.assumed).toEqual([]);
        expect(valuesOf(read, inputs)).toEqual(valuesOf({ graph, weights }, inputs));
      }),
      { numRuns: 300 },
    );
  });

  it('is exactly the same where all is in its order, with texts and names', () => {
    const model = buildVariedNetwork();
    const { graph, weights, ...rest } = importOnnx(
      exportOnnx(model.graph, model.weights, { name: 'varied', metadata: { labels: 'a' } }),
    );
    expect({ graph, weights }).toEqual(model);
    expect(rest).toEqual({
      ...{ format: 'onnx', name: 'varied', producer: expect.stringMatching(/^strata /), metadata: { labels: 'a' } },
      ...{ opset: 19, assumed: [] },
    });
  });

  it('of float16 has the rounded weights under their own names', () => {
    const { graph, weights } = buildVariedNetwork();
    const read = importOnnx(exportOnnx(graph, weights, { precision: 'float16' }));
    expect(Object.keys(read.weights)).toEqual(Object.keys(weights));
    expect(read.graph).toEqual(graph);
  });
});

/** What PyTorch computes of the fixtures, by file. */
interface Wanted {
  readonly input: readonly number[];
  readonly outputs: Readonly<Record<string, { readonly value: readonly number[]; readonly absmax: number }>>;
}

const wanted: Readonly<Record<string, Wanted>> = JSON.parse(new TextDecoder().decode(fixture('outputs.json')));

describe('importOnnx of files of other programs', () => {
  /** x[n,c,h,w] = float32(sin(1 + n + 2c + 0.1h + 0.07w)), as outputs.json was computed for. */
  function pictureOf([batch, channels, height, width]: readonly number[]): Tensor {
    const values: number[] = [];
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++)
        for (let h = 0; h < height; h++)
          for (let w = 0; w < width; w++) values.push(Math.sin(1 + n + 2 * c + 0.1 * h + 0.07 * w));
    return tensor([batch, channels, height, width], values);
  }

  it('of the model zoo gives what PyTorch computes, for one picture and for two', () => {
    const { graph, weights, assumed } = importOnnx(fixture('zoo16-opset3.onnx'));
    expect(assumed).toEqual([{ about: 'batch', text: "the batch of 1 stands for any number, 'batch'" }]);
    expect(graph.nodes[0]).toMatchObject({
      attributes: { shape: ['batch', 3, 64, 64], typical: [1, 3, 64, 64] },
      name: 'data_0',
    });
    expect(weights['loss3/classifier_w_0']?.shape).toEqual([10, 64]);
    const { input, outputs } = wanted['zoo16-opset3.onnx'];
    const { value: want, absmax } = outputs.prob;
    const got = interpret(graph, weights, { data_0: pictureOf([2, ...input.slice(1)]) }).get('prob_1')?.value ?? [];
    expect(got.length).toBe(20);
    for (const [index, value] of want.entries()) expect(Math.abs(got[index] - value) / absmax).toBeLessThan(1e-4);
    expect(importOnnx(fixture('zoo16-opset3.onnx'), { openBatch: false })).toMatchObject({ assumed: [] });
  });

  it('of PyTorch with transform_input as nodes gives what PyTorch computes', () => {
    const { graph, weights, assumed } = importOnnx(fixture('tv16-ts-opset17-transform-input.onnx'));
    expect(assumed).toEqual([]);
    expect(graph.nodes.filter(({ op }) => op === 'slice' || op === 'reshape').map(({ op }) => op)).toEqual([
      'slice',
      'slice',
      'slice',
    ]);
    const { input, outputs } = wanted['tv16-ts-opset17-transform-input.onnx'];
    const { value: want, absmax } = outputs.logits;
    const got = interpret(graph, weights, { input: pictureOf(input) }).get('output')?.value ?? [];
    expect(got.length).toBe(want.length);
    for (const [index, value] of want.entries()) expect(Math.abs(got[index] - value) / absmax).toBeLessThan(1e-4);
  });
});
