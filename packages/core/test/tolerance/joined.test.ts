import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerBuilder, type Value } from '../../src/layers/index.js';
import { interpret } from '../../src/reference/index.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';
import { type Order, orders } from '../reference-support/float32.js';
import { createRandom } from '../reference-support/random.js';

const { fround } = Math;

/** 1×1 convolution of `channels` channels to one number, and what is done to it. */
function judge(
  channels: number,
  random: () => number,
  behind: (layers: LayerBuilder, conv: Value) => readonly Value[],
  { bias = true, sizes = {} }: { readonly bias?: boolean; readonly sizes?: Readonly<Record<string, number>> } = {},
) {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, channels, 1, 1]);
  const graph = layers.build(behind(layers, layers.conv2d('conv', x, { filters: 1, window: 1, bias })));
  const draw = (name: string) => (name.includes('variance') ? 0.5 + random() : (sizes[name] ?? 1) * (2 * random() - 1));
  const fill = (name: string, shape: readonly number[]): Tensor =>
    tensor(
      shape,
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => draw(name)),
    );
  const tensors: Record<string, Tensor> = {};
  for (const { op, name, attributes } of graph.nodes) {
    if (op === 'parameter' || op === 'input') tensors[name] = fill(name, attributes.shape.map(Number));
  }
  const inputs = Object.fromEntries(
    graph.nodes.flatMap(({ op, name }) => (op === 'input' ? [[name, tensors[name]]] : [])),
  );
  const weights = Object.fromEntries(Object.entries(tensors).filter(([name]) => !Object.hasOwn(inputs, name)));
  const of = (name: string) => tensors[name].data[0];
  const products = Array.from(tensors['conv.weight'].data, (w, i) => fround(w * tensors.x.data[i]));
  return { judged: interpret(graph, weights, inputs), of, products, weights, x: tensors.x.data };
}

function shareOf(judged: ReturnType<typeof judge>['judged'], got: number): number {
  const y = judged.get('y');
  return Math.abs(got - (y?.value[0] ?? Number.NaN)) / (y?.tolerance[0] ?? 0);
}

/** Every order of the terms, and the constants joined first. */
function expectEveryOrder(
  judged: ReturnType<typeof judge>['judged'],
  products: readonly number[],
  constants: readonly number[],
  random: () => number,
): void {
  const joined = constants.reduce((sum, value) => fround(sum + value));
  const all: readonly Order[] = Object.values(orders);
  for (const order of all) {
    expect(shareOf(judged, order([...products, ...constants], random))).toBeLessThanOrEqual(1);
    expect(shareOf(judged, order([joined, ...products], random))).toBeLessThanOrEqual(1);
    expect(shareOf(judged, fround(joined + order(products, random)))).toBeLessThanOrEqual(1);
  }
}

const draws = fc.tuple(fc.integer(), fc.constantFrom(1, 2, 8, 200), fc.constantFrom(1e-3, 1, 1e4));

describe('what is added behind a convolution', () => {
  it('may become part of its bias across a transpose', () => {
    fc.assert(
      fc.property(draws, ([seed, channels, size]) => {
        const random = createRandom(seed);
        const { judged, products, of } = judge(
          channels,
          random,
          (layers, conv) => {
            const turned = layers.transpose('turned', conv, { permutation: [0, 2, 3, 1] });
            return [layers.add('y', turned, layers.parameter('o', [1]))];
          },
          { sizes: { o: size } },
        );
        expectEveryOrder(judged, products, [of('conv.bias'), of('o')], random);
      }),
    );
  });

  it.each([true, false])('may become part of its bias, one that it has: %s', (bias) => {
    fc.assert(
      fc.property(draws, ([seed, channels, size]) => {
        const random = createRandom(seed);
        const { judged, products, of } = judge(
          channels,
          random,
          (layers, conv) => [
            layers.add('y', layers.dropout('kept', conv, { rate: 0.5 }), layers.parameter('o', [1, 1, 1])),
          ],
          { bias, sizes: { o: size } },
        );
        expectEveryOrder(judged, products, bias ? [of('conv.bias'), of('o')] : [of('o')], random);
      }),
    );
  });

  it('may be where its accumulator starts, several times', () => {
    fc.assert(
      fc.property(draws, ([seed, channels, size]) => {
        const random = createRandom(seed);
        const { judged, products, of } = judge(
          channels,
          random,
          (layers, conv) => {
            const sum = layers.add('sum', layers.input('z', [1, 1, 1, 1]), conv);
            return [layers.add('y', sum, layers.parameter('o', [1, 1, 1]))];
          },
          { sizes: { z: size, o: size } },
        );
        expectEveryOrder(judged, products, [of('conv.bias'), of('z'), of('o')], random);
      }),
    );
  });

  it('may be scaled with it by a batch norm', () => {
    fc.assert(
      fc.property(draws, ([seed, channels, size]) => {
        const random = createRandom(seed);
        const { judged, of, weights, x } = judge(
          channels,
          random,
          (layers, conv) => [
            layers.batchNorm('y', layers.add('sum', conv, layers.parameter('o', [1, 1, 1])), { epsilon: 1e-3 }),
          ],
          { sizes: { o: size } },
        );
        const gain = of('y.scale') / Math.sqrt(of('y.variance') + 1e-3);
        const products = Array.from(weights['conv.weight'].data, (w, i) => fround(fround(w * gain) * x[i]));
        const bias = fround(of('conv.bias') + of('o'));
        const folded = fround((bias - of('y.mean')) * gain + of('y.shift'));
        expectEveryOrder(judged, products, [folded], random);
      }),
    );
  });

  it('is still judged: one that is missing, or of another element, is far outside', () => {
    const random = createRandom(5);
    const { judged, products, of } = judge(200, random, (layers, conv) => [
      layers.add('y', conv, layers.parameter('o', [1, 1, 1])),
    ]);
    const sum = products.reduce((total, value) => total + value, of('conv.bias'));
    expect(shareOf(judged, sum + of('o'))).toBeLessThan(1);
    expect(shareOf(judged, sum)).toBeGreaterThan(1000);
    expect(shareOf(judged, sum + of('o') * (1 + 1e-3))).toBeGreaterThan(1);
  });

  const u = 2 ** -24;
  it.each<readonly [string, (layers: LayerBuilder, conv: Value, o: Value) => readonly Value[]]>([
    ['that is an output itself', (layers, conv, o) => [layers.add('y', conv, o), conv]],
    ['that another node reads', (layers, conv, o) => [layers.add('y', conv, o), layers.softmax('s', conv)]],
    ['with a relu between', (layers, conv, o) => [layers.add('y', layers.relu('r', conv), o)]],
  ])('is one rounding behind a convolution %s', (_, behind) => {
    const random = createRandom(3);
    const result = judge(8, random, (layers, conv) => behind(layers, conv, layers.parameter('o', [1, 1, 1])), {
      sizes: { o: 1e4 },
    });
    const [, own] = [...judge(8, createRandom(3), (_layers, conv) => [conv]).judged][0];
    const y = result.judged.get('y');
    const allowed = own.tolerance[0] + u * (Math.abs(own.value[0]) + own.tolerance[0] + Math.abs(result.of('o')));
    expect(y?.tolerance[0]).toBeLessThanOrEqual(allowed * 1.001);
  });
});

describe('a chain of adds', () => {
  it('may be taken in any order', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.constantFrom(1e-3, 1, 1e4), { minLength: 2, maxLength: 8 }),
        (seed, sizes) => {
          const random = createRandom(seed);
          const layers = new LayerBuilder();
          const values = sizes.map((_, i) => layers.input(`x${i}`, [1]));
          const half = values.length >> 1;
          const sumOf = (name: string, parts: readonly Value[]) =>
            parts.reduce((sum, part, i) => layers.add(`${name}${i}`, sum, part));
          const graph = layers.build([
            layers.add('y', sumOf('a', values.slice(0, half)), sumOf('b', values.slice(half))),
          ]);
          const numbers = sizes.map((size) => fround(size * (2 * random() - 1)));
          const inputs = Object.fromEntries(numbers.map((value, i) => [`x${i}`, tensor([1], Float32Array.of(value))]));
          const judged = interpret(graph, {}, inputs, { structured: true });
          for (const order of Object.values(orders)) {
            expect(shareOf(judged, order(numbers, random))).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
