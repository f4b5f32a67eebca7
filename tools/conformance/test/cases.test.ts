import { InputError, inferShapes } from '@strata/core';
import { describe, expect, it } from 'vitest';
import { parseCases } from '../src/cases/case.js';
import { loadCases } from '../src/cases/load.js';
import { rebuildCase } from '../src/cases/rebuild-case.js';

const cases = await loadCases();

function caseNamed(name: string) {
  const found = cases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

describe('the official cases', () => {
  it('are 105, each by its own name', () => {
    expect(cases).toHaveLength(105);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(105);
  });

  it('all rebuild with the layer API, to the expected output shape', () => {
    for (const source of cases) {
      const { graph } = rebuildCase(source);
      expect(inferShapes(graph).get(graph.outputs[0]), source.name).toEqual(source.want.shape);
    }
  });

  it('rebuild to graphs of core ops alone', () => {
    const ops = new Set(cases.flatMap((source) => rebuildCase(source).graph.nodes.map(({ op }) => op)));
    expect([...ops].sort()).toEqual([
      'add',
      'avgPool2d',
      'batchNorm',
      'concat',
      'conv2d',
      'dropout',
      'flatten',
      'globalAvgPool',
      'input',
      'linear',
      'lrn',
      'maxPool2d',
      'parameter',
      'relu',
      'softmax',
    ]);
  });

  it('refuse an operator and a softmax that have no counterpart', () => {
    const relu = caseNamed('test_relu');
    expect(() => rebuildCase({ ...relu, op: 'Sin' })).toThrow(InputError);
    const softmax = caseNamed('test_softmax_functional_dim3');
    expect(() => rebuildCase({ ...softmax, attributes: { axis: 2 } })).toThrow(
      'test_softmax_functional_dim3: softmax of opset 6 over axes 2 to 3, want one axis',
    );
  });

  it('name the line that is damaged', () => {
    expect(() => parseCases('{"name":"a","nodes":[],"outputs":[]}\n', 'file')).toThrow(
      'file: line 1: 0 nodes, 0 outputs, want one of each',
    );
  });
});

describe('rebuilding', () => {
  it.each([
    ['test_conv_with_autopad_same', [1, 1, 1, 1]],
    ['test_averagepool_2d_same_upper', [0, 0, 1, 1]],
    ['test_averagepool_2d_same_lower', [1, 1, 0, 0]],
  ])('turns auto_pad of %s into %j', (name, padding) => {
    const windowed = rebuildCase(caseNamed(name)).graph.nodes.find(({ name: own }) => own === 'out');
    expect(windowed?.attributes).toMatchObject({ padding });
  });

  it('turns a Gemm with all attributes into weights [out, in] and a bias [out]', () => {
    const source = caseNamed('test_gemm_all_attributes');
    const { weights, runs } = rebuildCase(source);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => source.tensors.get(name)?.data ?? []);
    // a is [4,3] and given transposed; b [5,4] is [out, in] as it is.
    expect(runs[0].input0.shape).toEqual([3, 4]);
    expect(runs[0].input0.data[1]).toBe(a[3]);
    expect(weights['out.weight'].shape).toEqual([5, 4]);
    expect(weights['out.weight'].data[7]).toBe(Math.fround(0.25 * b[7]));
    expect(weights['out.bias'].data[2]).toBe(Math.fround(0.3499999940395355 * c[2]));
  });

  it('adds a Gemm matrix that differs by row as a parameter', () => {
    const { graph, weights } = rebuildCase(caseNamed('test_gemm_default_matrix_bias'));
    expect(graph.nodes.map(({ op }) => op)).toEqual(['input', 'parameter', 'linear', 'parameter', 'add']);
    expect(weights['out.matrix'].shape).toEqual([3, 4]);
  });
});
