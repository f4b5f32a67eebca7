import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightsError } from '../src/errors.js';
import { nodesOf } from '../src/graph/graph.js';
import { LayerBuilder } from '../src/layers/index.js';
import { formatShape } from '../src/tensor/shape.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { bindWeights } from '../src/weights/bind.js';
import { initialiseWeights } from '../src/weights/initialise.js';
import type { Weights } from '../src/weights/weights.js';

const layers = new LayerBuilder();
const conv = layers.conv2d('conv', layers.input('x', ['batch', 2, 'height', 'width']), { filters: 3, window: [1, 2] });
const pooled = layers.globalAvgPool('pool', layers.batchNorm('norm', conv));
const graph = layers.build([layers.linear('fc', layers.flatten('flat', pooled), { features: 4, bias: false })]);
const good = initialiseWeights(graph, { scheme: 'xavier-uniform', seed: 3 });
const parameters = nodesOf(graph, 'parameter');

/** What is done to a tensor, and what the refusal must then give as got and want. */
interface Damage {
  readonly kind: string;
  readonly apply: (got: Tensor) => Tensor | undefined;
  readonly row?: (shape: readonly number[]) => readonly [got: string, want: string];
}

function setFirst(value: number): (got: Tensor) => Tensor {
  return ({ shape, data }) =>
    tensor(
      shape,
      Float32Array.from(data, (old, i) => (i === 0 ? value : old)),
    );
}

const damages: readonly Damage[] = [
  { kind: 'none', apply: (got) => got },
  { kind: 'missing', apply: () => undefined, row: (shape) => ['missing', formatShape(shape)] },
  {
    kind: 'misshapen',
    apply: ({ shape, data }) => tensor([...shape, 1], Float32Array.from(data)),
    row: (shape) => [formatShape([...shape, 1]), formatShape(shape)],
  },
  { kind: 'NaN', apply: setFirst(Number.NaN), row: () => ['NaN at element 0', 'finite values'] },
  {
    kind: 'infinite',
    apply: setFirst(Number.NEGATIVE_INFINITY),
    row: () => ['-Infinity at element 0', 'finite values'],
  },
  {
    kind: 'float64',
    apply: ({ shape, data }) => ({ shape, dtype: 'float64', data: Float64Array.from(data) }),
    row: () => ['float64 in a Float64Array', 'float32 in a Float32Array'],
  },
  {
    kind: 'too short',
    apply: ({ shape, data }) => ({ shape, dtype: 'float32', data: Float32Array.from(data).subarray(1) }),
    row: (shape) => [`${shape.reduce((a, b) => a * b) - 1} elements`, `${shape.reduce((a, b) => a * b)}`],
  },
];

function refusal(weights: Weights): WeightsError {
  try {
    bindWeights(graph, weights);
  } catch (error) {
    if (error instanceof WeightsError) return error;
  }
  throw new Error('the weights were taken');
}

describe('bindWeights', () => {
  it('lists every missing, surplus, misshapen and non-finite tensor at once, and nothing else', () => {
    const plan = fc.array(fc.constantFrom(...damages), { minLength: parameters.length, maxLength: parameters.length });
    const surplus = fc.uniqueArray(fc.stringMatching(/^extra[0-9]{1,3}$/), { maxLength: 3 });
    fc.assert(
      fc.property(plan, surplus, (plans, extras) => {
        const given: Record<string, Tensor> = {};
        const rows: string[][] = [];
        for (const [index, { name, attributes }] of parameters.entries()) {
          const damaged = plans[index].apply(good[name]);
          if (damaged !== undefined) given[name] = damaged;
          const row = plans[index].row?.(attributes.shape);
          if (row !== undefined) rows.push([name, ...row]);
        }
        for (const name of extras) {
          given[name] = tensor([1], [0]);
          rows.push([name, '[1]', 'none']);
        }
        if (rows.length === 0) {
          expect(bindWeights(graph, given)).toEqual(good);
          return;
        }
        const { summary, message, table } = refusal(given);
        expect(summary).toContain(`${rows.length} of ${parameters.length + extras.length} tensors do not fit: `);
        expect(summary).not.toContain('\n');
        expect(message.startsWith(summary)).toBe(true);
        if (rows.length === 1) expect([message, table]).toEqual([summary, undefined]);
        else expect([...(table?.rows ?? [])].sort()).toEqual(rows.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('prints one fault in its line, and more as a table', () => {
    const { 'fc.weight': _, ...rest } = good;
    const given = {
      ...rest,
      'norm.mean': tensor([1, 3], [0, 0, 0]),
      'conv.bias': tensor([3], [0, Number.NaN, 0]),
      'line\nbreak': tensor([1], [0]),
    };
    expect(refusal(given).message).toMatchInlineSnapshot(`
      "weights: 4 of 8 tensors do not fit: 1 missing, 1 surplus, 2 of another shape or content, want the 7 parameters of the network, finite, in their shapes
      name           got               want
      conv.bias      NaN at element 1  finite values
      norm.mean      [1,3]             [3]
      fc.weight      missing           [4,3]
      "line\\nbreak"  [1]               none"
    `);
  });

  it('shows 20 of 300 wrong names, of each kind some', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`t${i}`, tensor([i], new Float32Array(i))]));
    const { summary, message, table } = refusal(many);
    expect(summary).toBe(
      'weights: 307 of 307 tensors do not fit: 7 missing, 300 surplus, want the 7 parameters of the network, finite, in their shapes',
    );
    expect(table?.rows).toHaveLength(307);
    const lines = message.split('\n');
    expect(lines).toHaveLength(1 + 1 + 20 + 1);
    expect(lines.slice(1)).toMatchInlineSnapshot(`
      [
        "name           got      want",
        "conv.weight    missing  [3,2,1,2]",
        "conv.bias      missing  [3]",
        "norm.scale     missing  [3]",
        "norm.shift     missing  [3]",
        "norm.mean      missing  [3]",
        "norm.variance  missing  [3]",
        "fc.weight      missing  [4,3]",
        "t0             [0]      none",
        "t1             [1]      none",
        "t2             [2]      none",
        "t3             [3]      none",
        "t4             [4]      none",
        "t5             [5]      none",
        "t6             [6]      none",
        "t7             [7]      none",
        "t8             [8]      none",
        "t9             [9]      none",
        "t10            [10]     none",
        "t11            [11]     none",
        "t12            [12]     none",
        "… and 287 more",
      ]
    `);
  });

  it('shortens a name that is too long to print', () => {
    expect(refusal({ ...good, ['x'.repeat(1e6)]: tensor([1], [0]) }).message.length).toBeLessThan(300);
  });

  it('does not mistake a property of Object.prototype for a tensor', () => {
    const builder = new LayerBuilder();
    const x = builder.input('x', ['n', 2]);
    const odd = builder.build([builder.add('y', x, builder.parameter('constructor', [2]))]);
    expect(() => bindWeights(odd, {})).toThrow('constructor is missing');
  });

  it('copes with as many surplus tensors as a file can hold', () => {
    const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`t${i}`, tensor([1], [0])]));
    expect(refusal({ ...good, ...many }).summary).toContain('200000 of 200007 tensors do not fit: 200000 surplus,');
  });

  it('does not copy the arrays that it is given', () => {
    const bound = bindWeights(graph, good);
    expect(Object.keys(bound)).toEqual(parameters.map(({ name }) => name));
    for (const { name } of parameters) expect(bound[name].data).toBe(good[name].data);
  });
});
