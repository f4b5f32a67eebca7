import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { LayerBuilder } from '../src/layers/index.js';
import type { Pair } from '../src/ops/window.js';
import { type InitialisationScheme, initialiseWeights } from '../src/weights/initialise.js';
import { createRandom, naturalLog } from '../src/weights/random.js';

const schemes = ['kaiming-uniform', 'kaiming-normal', 'xavier-uniform', 'xavier-normal'] as const;

interface Sizes {
  readonly groups?: number;
  readonly inPerGroup?: number;
  readonly outPerGroup?: number;
  readonly window?: Pair;
  readonly features?: number;
}

/** conv2d in groups, batch norm, linear. */
function network({ groups = 1, inPerGroup = 3, outPerGroup = 5, window = [3, 2], features = 7 }: Sizes = {}): Graph {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', groups * inPerGroup, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: groups * outPerGroup, window, groups });
  const norm = layers.batchNorm('norm', conv);
  const flat = layers.flatten('flat', layers.globalAvgPool('pool', norm));
  return layers.build([layers.linear('fc', flat, { features })]);
}

function moments(data: ArrayLike<number>) {
  const values = Array.from(data);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

function varianceOf(scheme: InitialisationScheme, fanIn: number, fanOut: number): number {
  return scheme.startsWith('kaiming') ? 2 / fanIn : 2 / (fanIn + fanOut);
}

describe('initialiseWeights', () => {
  it('keeps uniform weights within their bounds, biases 0, batch norm as identity', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('kaiming-uniform', 'xavier-uniform'),
        fc.record({
          groups: fc.integer({ min: 1, max: 3 }),
          inPerGroup: fc.integer({ min: 1, max: 4 }),
          outPerGroup: fc.integer({ min: 1, max: 4 }),
          features: fc.integer({ min: 1, max: 5 }),
        }),
        fc.maxSafeInteger(),
        (scheme, sizes, seed) => {
          const weights = initialiseWeights(network(sizes), { scheme, seed });
          const { groups, inPerGroup, outPerGroup, features } = sizes;
          const bounds = {
            'conv.weight': Math.sqrt(3 * varianceOf(scheme, inPerGroup * 6, outPerGroup * 6)),
            'fc.weight': Math.sqrt(3 * varianceOf(scheme, groups * outPerGroup, features)),
          };
          for (const [name, bound] of Object.entries(bounds)) {
            const most = Math.max(...Array.from(weights[name].data, Math.abs));
            expect(most).toBeLessThanOrEqual(Math.fround(bound));
            expect(most).toBeGreaterThan(0);
          }
          const constants = {
            'conv.bias': 0,
            'fc.bias': 0,
            'norm.scale': 1,
            'norm.shift': 0,
            'norm.mean': 0,
            'norm.variance': 1,
          };
          for (const [name, value] of Object.entries(constants)) {
            expect(new Set(weights[name].data)).toEqual(new Set([value]));
          }
        },
      ),
    );
  });

  it.each(schemes)('draws %s with the mean and variance of the scheme, fans counted within a group', (scheme) => {
    const graph = network({ groups: 2, inPerGroup: 8, outPerGroup: 24, window: [5, 4], features: 100 });
    for (const seed of [0, 1, -7]) {
      const weights = initialiseWeights(graph, { scheme, seed });
      const wanted = {
        'conv.weight': varianceOf(scheme, 8 * 20, 24 * 20),
        'fc.weight': varianceOf(scheme, 48, 100),
      };
      for (const [name, want] of Object.entries(wanted)) {
        const { mean, variance } = moments(weights[name].data);
        const count = weights[name].data.length;
        // Five standard errors: of the mean √(σ²/n), of the variance at most σ²·√(2/n).
        expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(want / count));
        expect(Math.abs(variance / want - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
      }
    }
  });

  it('gives the same weights for the same seed, others for another, and none changes when a layer is added', () => {
    const options = { scheme: 'kaiming-normal', seed: 7 } as const;
    const weights = initialiseWeights(network(), options);
    expect(initialiseWeights(network(), options)).toEqual(weights);
    expect(initialiseWeights(network(), { ...options, seed: 8 })['fc.weight']).not.toEqual(weights['fc.weight']);
    const layers = new LayerBuilder();
    const extra = layers.build([layers.linear('earlier', layers.input('z', ['batch', 2]), { features: 3 })]);
    const graph = network();
    const more: Graph = { nodes: [...extra.nodes, ...graph.nodes], outputs: graph.outputs };
    expect(initialiseWeights(more, options)).toMatchObject(weights);
  });

  it('gives these very numbers on every machine', () => {
    const graph = network({ inPerGroup: 1, outPerGroup: 2, window: [1, 2] });
    const first = Object.fromEntries(
      schemes.map((scheme) => [scheme, [...initialiseWeights(graph, { scheme, seed: 42 })['conv.weight'].data]]),
    );
    expect(first).toMatchInlineSnapshot(`
      {
        "kaiming-normal": [
          -0.6670659780502319,
          0.09390849620103836,
          -0.6656666994094849,
          0.3259458541870117,
        ],
        "kaiming-uniform": [
          -1.5311894416809082,
          0.21555840969085693,
          0.3882046043872833,
          1.7146238088607788,
        ],
        "xavier-normal": [
          -0.38513073325157166,
          0.054218094795942307,
          -0.3843228220939636,
          0.1881849318742752,
        ],
        "xavier-uniform": [
          -0.8840326070785522,
          0.12445271015167236,
          0.2241300344467163,
          0.989938497543335,
        ],
      }
    `);
  });

  it('says which parameter it cannot judge', () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 3]);
    const sum = layers.build([layers.add('sum', x, layers.parameter('offset', [3]))]);
    expect(() => initialiseWeights(sum, { scheme: 'kaiming-normal', seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: offset (parameter): read by sum (add), want one use as weights, bias or statistic of conv2d, linear or batchNorm; give this tensor yourself]`,
    );
    const graph = network();
    const twice: Graph = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.op === 'batchNorm' ? { ...node, inputs: [...node.inputs.slice(0, 4), 'norm.shift'] } : node,
      ),
    };
    expect(() => initialiseWeights(twice, { scheme: 'kaiming-normal', seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: norm.shift (parameter): read by norm (batchNorm), want one use as weights, bias or statistic of conv2d, linear or batchNorm; give this tensor yourself]`,
    );
    expect(() => initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: initialiseWeights: seed 0.5, want a whole number]`,
    );
  });
});

describe('createRandom', () => {
  it('fills [0, 1) evenly and gives normal tails', () => {
    const random = createRandom('test');
    const uniform = Array.from({ length: 100_000 }, () => random.uniform());
    expect(uniform.every((u) => u >= 0 && u < 1)).toBe(true);
    const bins = new Array<number>(100).fill(0);
    for (const u of uniform) bins[Math.floor(u * 100)]++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99 degrees of freedom: 99 ± 5·√198.
    expect(Math.abs(chiSquare - 99)).toBeLessThan(71);
    const normal = Array.from({ length: 100_000 }, () => random.normal());
    for (const [bound, share] of [
      [1, 0.3173],
      [2, 0.0455],
      [3, 0.0027],
    ] as const) {
      const beyond = normal.filter((z) => Math.abs(z) > bound).length / normal.length;
      expect(Math.abs(beyond - share)).toBeLessThan(5 * Math.sqrt(share / normal.length));
    }
  });

  it('takes logarithms to the last bits', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -60, max: 2, noNaN: true }), (x) => {
        expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(Math.log(x)));
      }),
      { numRuns: 2000 },
    );
  });
});
