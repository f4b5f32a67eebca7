import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { LayerBuilder } from '../../src/layers/index.js';
import { type Tensor, tensor } from '../../src/tensor/tensor.js';
import { createFake } from '../support/fake-backend.js';

/** What a caller may build by hand, nothing of it frozen: y = 1·a + 2·b, for any number of rows. */
function handMade() {
  const shape: (number | string)[] = ['batch', 2];
  const weightShape = [1, 2];
  const inputs = ['x', 'w'];
  const outputs = ['y'];
  const graph: Graph = {
    nodes: [
      { name: 'x', op: 'input', inputs: [], attributes: { shape } },
      { name: 'w', op: 'parameter', inputs: [], attributes: { shape: weightShape } },
      { name: 'y', op: 'linear', inputs, attributes: { activation: 'none' } },
    ],
    outputs,
  };
  const weights: Record<string, Tensor> = { w: tensor([1, 2], [1, 2]) };
  const spoil = () => {
    weights.w.data.fill(100);
    weights.w = tensor([1, 2], [7, 7]);
    shape[1] = 5;
    weightShape.reverse();
    inputs.reverse();
    outputs.push('w');
  };
  return { graph, weights, outputs, spoil };
}

const ones = { x: tensor([1, 2], [1, 1]) };

/** What reactive frameworks make of a program's objects: every object and array that is read is a proxy. */
function reactive<T extends object>(target: T): T {
  return new Proxy(target, {
    get: (object, key) => {
      const value: unknown = Reflect.get(object, key);
      const isPlain = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
      return isPlain ? reactive(value) : value;
    },
  });
}

describe('what the caller gave to compile', () => {
  it('may be proxies', async () => {
    const { backend } = createFake();
    const { graph, weights } = handMade();
    const executable = await backend.compile(reactive(graph), reactive(weights));
    expect([...(await executable.run(reactive({ ...ones }))).y.data]).toEqual([3]);
  });

  it('may be changed as soon as compile has returned its promise, though the device is still busy', async () => {
    const { backend, gate } = createFake();
    const { graph, weights, outputs, spoil } = handMade();
    const first = await backend.compile(graph, weights);
    gate.close();
    const running = first.run(ones);
    const options: { outputs: string[]; precision: 'float32' | 'half' } = { outputs, precision: 'float32' };
    const compiling = backend.compile(graph, weights, options);
    spoil();
    options.precision = 'half';
    gate.open();
    const second = await compiling;
    for (const result of [await running, await second.run(ones)]) {
      expect(Object.keys(result)).toEqual(['y']);
      expect([...result.y.data]).toEqual([3]);
    }
  });

  it('is not read again when a lost device is made anew', async () => {
    let lose: (reason: string) => void = () => {};
    const { backend, events } = createFake({
      watchLoss(declareLost) {
        lose = declareLost;
      },
      recover: async () => {},
    });
    const { graph, weights, spoil } = handMade();
    const net = await backend.compile(graph, weights);
    spoil();
    lose('unplugged');
    expect([...(await net.run(ones)).y.data]).toEqual([3]);
    expect(events).toContain('prepare 1');
  });

  it('is copied where no pass has made another array of it, and where it is a part of a larger one', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', 1, 1, 1]);
    const conv = layers.conv2d('conv', x, { filters: 2, window: 1, bias: false });
    const graph = layers.build([layers.batchNorm('norm', conv, { epsilon: 0 }), layers.parameter('p', [2])]);
    const file = Float32Array.of(1, 2, 3, 4, 5, 6, 1, 4, 9, 9, 9, 9);
    const part = (start: number, shape: number[] = [2]) => tensor(shape, file.subarray(start, start + 2));
    const given = {
      'conv.weight': part(0, [2, 1, 1, 1]),
      'norm.scale': part(2),
      'norm.shift': part(4),
      'norm.mean': tensor([2], [0, 0]),
      'norm.variance': part(6),
      p: part(8),
    };
    const { backend } = createFake();
    const net = await backend.compile(graph, given);
    file.fill(100);
    const { norm, p } = await net.run({ x: tensor([1, 1, 1, 1], [1]) });
    expect([...norm.data]).toEqual([3 + 5, (2 * 4) / 2 + 6]);
    expect([...p.data]).toEqual([9, 9]);
  });
});
