import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageOf, WeightsError } from '../src/errors.js';
import { nodesOf } from '../src/graph/graph.js';
import { LayerBuilder } from '../src/layers/builder.js';
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

/** What is done to a tensor, and the complaint that this must give. */
interface Damage {
  readonly kind: string;
  readonly apply: (got: Tensor) => Tensor | undefined;
  readonly complaint: (name: string, shape: readonly number[]) => string;
}

function setFirst(value: number): (got: Tensor) => Tensor {
  return ({ shape, data }) =>
    tensor(
      shape,
      Float32Array.from(data, (old, i) => (i === 0 ? value : old)),
    );
}

const damages: readonly Damage[] = [
  { kind: 'none', apply: (got) => got, complaint: () => '' },
  {
    kind: 'missing',
    apply: () => undefined,
    complaint: (name, shape) => `${name} is missing (want ${formatShape(shape)})`,
  },
  {
    kind: 'misshapen',
    apply: ({ shape, data }) => tensor([...shape, 1], Float32Array.from(data)),
    complaint: (name, shape) => `${name} is ${formatShape([...shape, 1])} (want ${formatShape(shape)})`,
  },
  { kind: 'NaN', apply: setFirst(Number.NaN), complaint: (name) => `${name} has NaN at element 0` },
  {
    kind: 'infinite',
    apply: setFirst(Number.NEGATIVE_INFINITY),
    complaint: (name) => `${name} has -Infinity at element 0`,
  },
  {
    kind: 'float64',
    apply: ({ shape, data }) => ({ shape, dtype: 'float64', data: Float64Array.from(data) }),
    complaint: (name) => `${name} is float64 in a Float64Array (want float32 in a Float32Array)`,
  },
  {
    kind: 'too short',
    apply: ({ shape, data }) => ({ shape, dtype: 'float32', data: Float32Array.from(data).subarray(1) }),
    complaint: (name, shape) =>
      `${name} has ${shape.reduce((a, b) => a * b) - 1} elements (want ${shape.reduce((a, b) => a * b)})`,
  },
];

function refusal(weights: Weights): string {
  try {
    bindWeights(graph, weights);
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    return messageOf(error);
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
        const complaints: string[] = [];
        for (const [index, { name, attributes }] of parameters.entries()) {
          const damaged = plans[index].apply(good[name]);
          if (damaged !== undefined) given[name] = damaged;
          const complaint = plans[index].complaint(name, attributes.shape);
          if (complaint !== '') complaints.push(complaint);
        }
        for (const name of extras) {
          given[name] = tensor([1], [0]);
          complaints.push(`${name} is not a parameter of this network`);
        }
        if (complaints.length === 0) {
          expect(bindWeights(graph, given)).toEqual(good);
        } else {
          const total = parameters.length + extras.length;
          expect(refusal(given)).toContain(
            `${complaints.length} of ${total} tensors do not fit: ${complaints.join('; ')}, want`,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says it so', () => {
    const { 'fc.weight': _, ...rest } = good;
    const given = {
      ...rest,
      'norm.mean': tensor([1, 3], [0, 0, 0]),
      'conv.bias': tensor([3], [0, Number.NaN, 0]),
      'line\nbreak': tensor([1], [0]),
    };
    expect(refusal(given)).toMatchInlineSnapshot(
      `"weights: 4 of 8 tensors do not fit: conv.bias has NaN at element 1; norm.mean is [1,3] (want [3]); fc.weight is missing (want [4,3]); "line\\nbreak" is not a parameter of this network, want the 7 parameters of the network, finite, in their shapes"`,
    );
  });

  it('does not take a property of every object for a tensor', () => {
    const builder = new LayerBuilder();
    const x = builder.input('x', ['n', 2]);
    const odd = builder.build([builder.add('y', x, builder.parameter('constructor', [2]))]);
    expect(() => bindWeights(odd, {})).toThrow('constructor is missing');
  });

  it('copes with as many surplus tensors as a file can hold', () => {
    const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`t${i}`, tensor([1], [0])]));
    expect(refusal({ ...good, ...many })).toContain('200000 of 200007 tensors do not fit');
  });

  it('keeps the arrays that it is given', () => {
    const bound = bindWeights(graph, good);
    expect(Object.keys(bound)).toEqual(parameters.map(({ name }) => name));
    for (const { name } of parameters) expect(bound[name].data).toBe(good[name].data);
  });
});
