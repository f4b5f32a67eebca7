import { describe, expect, it } from 'vitest';
import { effortFor } from '../../src/gpu-check/effort.js';
import { formatResults } from '../../src/gpu-check/format.js';
import { type CheckedResult, isRight } from '../../src/gpu-check/result.js';
import { median } from '../../src/gpu-check/timing.js';

const timing = { compileMs: 1234.5, firstRunMs: 20, medianMs: 3.25, lowestMs: 3, highestMs: 4.125, runs: 50 };

function checked(software: boolean, changes: Partial<CheckedResult> = {}): CheckedResult {
  return {
    device: 'onnx/webgpu',
    report: {
      backend: 'onnx',
      device: 'webgpu',
      library: { name: 'onnxruntime-node', version: '1.30.0' },
      adapter: software ? 'SwiftShader' : 'NVIDIA',
      software,
      precision: 'float32',
      convolution: 'direct',
      passedOver: [],
      notTried: [],
    },
    cases: { passed: 105, others: [] },
    networks: [{ name: 'seed-224', passed: true, worst: 3.1e-7 }],
    pictures: { right: 3, wrong: [] },
    timings: [
      { batch: 1, ...timing },
      { batch: 8, ...timing },
    ],
    ...changes,
  };
}

describe('the table', () => {
  it('has a row for each batch size', () => {
    expect(formatResults([checked(false)])).toMatchInlineSnapshot(`
      "device       adapter  cases    networks  worst   pictures  batch  compile  first  median  lowest  highest  runs
      onnx/webgpu  NVIDIA   105/105  1/1       3.1e-7  3/3       1      1235     20.00  3.25    3.00    4.13     50
                                                                 8      1235     20.00  3.25    3.00    4.13     50
      Run on a GPU: onnx/webgpu.
      "
    `);
  });

  it('says when the adapter is software, and when there was none', () => {
    expect(formatResults([checked(true)])).toContain('SwiftShader (software)');
    expect(formatResults([checked(true)])).toContain('The adapter is a renderer in software');
    const failed = { device: 'tfjs/webgpu', failure: 'no WebGPU adapter' } as const;
    expect(formatResults([failed])).toBe(
      'tfjs/webgpu: no WebGPU adapter\nNo WebGPU device could be opened: nothing here was run on a GPU.\n',
    );
    expect(formatResults([checked(false), { ...checked(true), device: 'tfjs/webgpu' }])).toContain(
      'Run on a GPU: onnx/webgpu; in software: the other WebGPU devices.',
    );
  });

  it('names what is wrong', () => {
    const result = checked(false, {
      cases: { passed: 104, others: ['test_lrn: failed: 3 elements differ'] },
      networks: [{ name: 'seed-224', passed: false, worst: 0.25 }],
      pictures: { right: 2, wrong: ['Bag: got Dress'] },
    });
    const lines = formatResults([result]).split('\n');
    expect(lines).toContain('onnx/webgpu: test_lrn: failed: 3 elements differ');
    expect(lines).toContain('onnx/webgpu: seed-224: off by 0.25');
    expect(lines).toContain('onnx/webgpu: picture of Bag: got Dress');
  });
});

describe('isRight', () => {
  it('needs every case, network and picture to pass', () => {
    expect(isRight(checked(false))).toBe(true);
    expect(isRight(checked(false, { pictures: undefined }))).toBe(true);
    expect(isRight(checked(false, { cases: { passed: 104, others: ['x'] } }))).toBe(false);
    expect(isRight(checked(false, { networks: [{ name: 'x', passed: false, worst: 1 }] }))).toBe(false);
    expect(isRight(checked(false, { pictures: { right: 0, wrong: ['x'] } }))).toBe(false);
    expect(isRight({ device: 'tfjs/webgpu', failure: 'lost' })).toBe(false);
  });
});

describe('the effort', () => {
  it('is small on renderers in software unless all is asked for', () => {
    expect(effortFor(true, false)).toEqual({ goldens: ['seed-224'], batches: [1], runs: 3 });
    expect(effortFor(true, true)).toEqual(effortFor(false, false));
    expect(effortFor(false, false).goldens).toContain('torchvision-224');
  });
});

it('takes the middle of ordered times', () => {
  expect(median([1, 2, 9])).toBe(2);
  expect(median([1, 2, 4, 9])).toBe(3);
});
