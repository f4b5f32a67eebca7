import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LayerBuilder } from '../src/layers/index.js';
import { computeKinds } from '../src/ops/index.js';
import { foldBatchNorm, fuseActivation, runPasses } from '../src/passes/index.js';
import { agree, compareOutputs, createReferenceBackend, interpret, referenceTable } from '../src/reference/index.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { createRandom, fillTensor, unstructuredFills } from './reference-support/random.js';

function createModel() {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 2, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: 3, window: 3, padding: 1 });
  const norm = layers.batchNorm('norm', conv);
  const graph = layers.build([layers.softmax('y', layers.relu('act', norm), { axis: 1 })]);
  const random = createRandom(5);
  const fill = unstructuredFills.positive(random);
  const weights: Record<string, Tensor> = {};
  for (const node of graph.nodes) {
    if (node.op === 'parameter') weights[node.name] = fillTensor(node.attributes.shape, fill);
  }
  return { graph, weights, inputs: { x: fillTensor([1, 2, 3, 4], unstructuredFills.zeroMean(random)) } };
}

describe('interpret', () => {
  const { graph, weights, inputs } = createModel();

  it('returns the outputs asked for, in their order', () => {
    expect([...interpret(graph, weights, inputs).keys()]).toEqual(['y']);
    expect([...interpret(graph, weights, inputs, { outputs: ['act', 'x', 'conv'] }).keys()]).toEqual([
      'act',
      'x',
      'conv',
    ]);
  });

  it('judges folded and fused graphs by the same numbers', () => {
    const written = interpret(graph, weights, inputs, { outputs: ['act'] });
    const model = runPasses({ graph: { ...graph, outputs: ['act'] }, weights }, [foldBatchNorm, fuseActivation]);
    const fused = interpret(model.graph, model.weights, inputs).get('act');
    const got = tensor([1, 3, 3, 4], Float32Array.from(fused?.value ?? []));
    expect(compareOutputs(written, { act: got }).get('act')?.failed).toBe(0);
  });

  it('starts from observed values, and still judges them', () => {
    const conv = tensor([1, 3, 3, 4], new Float32Array(36).fill(2));
    const outputs = ['conv', 'norm'];
    const plain = interpret(graph, weights, inputs, { outputs });
    const judged = interpret(graph, weights, inputs, { outputs, observed: { conv } });
    expect(judged.get('conv')).toEqual(plain.get('conv'));
    const scale = weights['norm.scale'].data[1];
    const gain = scale / Math.sqrt(weights['norm.variance'].data[1] + 1e-5);
    const want = (2 - weights['norm.mean'].data[1]) * gain + weights['norm.shift'].data[1];
    expect(judged.get('norm')?.value[12]).toBeCloseTo(want, 12);
    expect(judged.get('norm')?.tolerance[12]).toBeLessThan(plain.get('norm')?.tolerance[12] ?? 0);
  });

  it('reports how many of its nodes are done', () => {
    const told: string[] = [];
    interpret(graph, weights, inputs, {
      outputs: ['conv'],
      onProgress: (done, total) => told.push(`${done}/${total}`),
    });
    // The input, two parameters, the convolution.
    expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  it('takes float64 values unrounded', () => {
    const x = { shape: [1, 2, 3, 4], dtype: 'float64' as const, data: new Float64Array(24).fill(0.1) };
    expect(interpret(graph, weights, { x }, { outputs: ['x'] }).get('x')?.value[0]).toBe(0.1);
    const shift = { shape: [3], dtype: 'float64' as const, data: new Float64Array(3).fill(0.1) };
    const more = { ...weights, 'norm.shift': shift };
    const off = (given: typeof weights) =>
      interpret(graph, given, { x }, { outputs: ['norm'] }).get('norm')?.value[0] ?? 0;
    const rounded = { ...weights, 'norm.shift': tensor([3], [0.1, 0.1, 0.1]) };
    expect(off(rounded) - off(more)).toBeCloseTo(Math.fround(0.1) - 0.1, 14);
  });

  it('widens inputs that half storage rounds', () => {
    const half = interpret(graph, weights, inputs, { outputs: ['x'], profile: 'half' }).get('x');
    expect(half?.tolerance[0]).toBe(2 ** -11 * Math.abs(inputs.x.data[0]) + 2 ** -14);
  });

  it('says what is wrong with its arguments', () => {
    expect(() => interpret(graph, weights, {})).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: reference: run: inputs none, want x]`,
    );
    expect(() => interpret(graph, weights, { ...inputs, z: inputs.x })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: reference: run: inputs x, z, want x]`,
    );
    expect(() =>
      interpret(graph, weights, { x: tensor([1, 3, 3, 4], new Float32Array(36)) }),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: input 'x': [1,3,3,4], want [batch,2,height,width]]`);
    expect(() => interpret(graph, {}, inputs)).toThrowErrorMatchingInlineSnapshot(
      `
      [WeightsError: weights: 6 of 6 tensors do not fit: 6 missing, want the 6 parameters of the network, finite, in their shapes
      name           got      want
      conv.weight    missing  [3,2,3,3]
      conv.bias      missing  [3]
      norm.scale     missing  [3]
      norm.shift     missing  [3]
      norm.mean      missing  [3]
      norm.variance  missing  [3]]
    `,
    );
    expect(() => interpret(graph, weights, inputs, { outputs: ['yy'] })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: output 'yy': no node of that name, want one of y]`,
    );
    expect(() =>
      interpret(graph, weights, inputs, { observed: { convv: inputs.x } }),
    ).toThrowErrorMatchingInlineSnapshot(`[GraphError: observed 'convv': no node of that name, want names of nodes]`);
    expect(() =>
      interpret(graph, weights, inputs, { observed: { conv: inputs.x } }),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: observed 'conv': [1,2,3,4], want [1,3,3,4]]`);
  });
});

describe('createReferenceBackend', () => {
  it('keeps the contract with the interpreter as its library', async () => {
    const { graph, weights, inputs } = createModel();
    const backend = createReferenceBackend();
    expect(backend.findGaps(graph)).toEqual([]);
    const executable = await backend.compile(graph, weights, { outputs: ['act', 'y'] });
    const outputs = await executable.run(inputs);
    const judged = interpret(graph, weights, inputs, { outputs: ['act', 'y'] });
    for (const [name, { value }] of judged) expect(outputs[name].data).toEqual(Float32Array.from(value));
    for (const agreement of compareOutputs(judged, outputs).values()) expect(agreement.failed).toBe(0);
    await backend.dispose();
    await expect(executable.run(inputs)).rejects.toThrow('after dispose()');
  });

  it('reports the version of the package', () => {
    const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(createReferenceBackend().report.library.version).toBe(manifest.version);
  });
});

describe('one op, one name, one file', () => {
  const fileOf = (kind: string) => `${kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}.ts`;

  it.each(computeKinds)('%s has its file in ops and in reference', (kind) => {
    for (const room of ['ops', 'reference']) {
      const file = new URL(`../src/${room}/${fileOf(kind)}`, import.meta.url);
      expect(existsSync(file), file.pathname).toBe(true);
      expect(readFileSync(file, 'utf8')).toMatch(room === 'ops' ? `export const ${kind}Spec` : `export const ${kind}:`);
    }
  });

  it('has a reference for every op and for nothing else', () => {
    expect(Object.keys(referenceTable).sort()).toEqual([...computeKinds].sort());
  });
});

describe('agree on a whole network', () => {
  it('sees one wrong element', () => {
    const { graph, weights, inputs } = createModel();
    const judged = interpret(graph, weights, inputs).get('y');
    if (judged === undefined) throw new Error('no output');
    const right = Float32Array.from(judged.value);
    expect(agree(judged, right).failed).toBe(0);
    right[7] += 0.01;
    expect(agree(judged, right)).toMatchObject({
      failed: 1,
      worstElements: [{ position: [0, 0, 1, 3] }, {}, {}, {}, {}],
    });
  });
});
