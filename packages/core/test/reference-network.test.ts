import { describe, expect, it } from 'vitest';
import { LayerBuilder, type Value } from '../src/layers/index.js';
import { agree, formatDisagreement, interpret } from '../src/reference/index.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { orders, shorten, sumInFloat32 } from './reference-support/float32.js';
import { type Block, conv2dSums } from './reference-support/naive.js';
import { createRandom, fillTensor } from './reference-support/random.js';

const DEPTH = 8;
const CHANNELS = 12;
const WINDOWED = { stride: [1, 1], padding: [1, 1, 1, 1], dilation: [1, 1], groups: 1 } as const;

/** 3×3 convolutions with relu, one after another; `mean` shifts the weights from zero-mean towards positive. */
function createStack(seed: number, mean: number) {
  const layers = new LayerBuilder();
  let value: Value = layers.input('x', [1, CHANNELS, 5, 6]);
  for (let depth = 0; depth < DEPTH; depth++) {
    const conv = layers.conv2d(`conv${depth}`, value, { filters: CHANNELS, window: 3, padding: 1, bias: false });
    value = layers.relu(`relu${depth}`, conv);
  }
  const random = createRandom(seed);
  const scale = Math.sqrt(6 / (9 * CHANNELS));
  const weights: Record<string, Tensor> = {};
  for (let depth = 0; depth < DEPTH; depth++) {
    const fill = () => scale * (2 * random() - 1 + mean);
    weights[`conv${depth}.weight`] = fillTensor([CHANNELS, CHANNELS, 3, 3], fill);
  }
  return { graph: layers.build([value]), weights, x: fillTensor([1, CHANNELS, 5, 6], random) };
}

function runInFloat32({ weights, x }: ReturnType<typeof createStack>, change: (w: Tensor, depth: number) => Block) {
  let value: Block = x;
  for (let depth = 0; depth < DEPTH; depth++) {
    const weight = change(weights[`conv${depth}.weight`], depth);
    const sums = conv2dSums(value, weight, undefined, { ...WINDOWED, activation: 'none' });
    const y = sumInFloat32(sums, orders.serial, () => 0);
    value = tensor(
      sums.shape,
      y.map((element) => Math.max(element, 0)),
    );
  }
  return Float32Array.from(value.data);
}

describe.each([
  ['zero-mean', 0],
  ['mostly positive', 0.5],
])('eight convolutions with %s weights', (_, mean) => {
  const stack = createStack(11, mean);
  const judge = (propagation: 'worst' | 'independent') => {
    const judged = interpret(stack.graph, stack.weights, { x: stack.x }, { propagation }).get(stack.graph.outputs[0]);
    if (judged === undefined) throw new Error('no output');
    return judged;
  };

  it.each(['worst', 'independent'] as const)(
    'in float32 are within the %s errors carried to the end',
    (propagation) => {
      const result = agree(
        judge(propagation),
        runInFloat32(stack, (w) => w),
      );
      expect(result.failed, formatDisagreement(result)).toBe(0);
      expect(result.worst).toBeGreaterThan(0);
    },
  );

  it('with weights of 11 bits in one layer are not within independent errors', () => {
    const cut = (w: Tensor, depth: number) => (depth === 3 ? { shape: w.shape, data: w.data.map(shorten) } : w);
    expect(agree(judge('independent'), runInFloat32(stack, cut)).failed).toBeGreaterThan(0);
  });
});

describe('a deep stack', () => {
  it('keeps independent errors small where worst cases allow nearly anything', () => {
    const stack = createStack(12, 0);
    const largestShare = (propagation: 'worst' | 'independent') => {
      const judged = interpret(stack.graph, stack.weights, { x: stack.x }, { propagation }).get(stack.graph.outputs[0]);
      return Math.max(...(judged?.tolerance ?? [])) / Math.max(...(judged?.value ?? []));
    };
    expect(largestShare('worst')).toBeGreaterThan(0.1);
    expect(largestShare('independent')).toBeLessThan(1e-3);
  });
});
