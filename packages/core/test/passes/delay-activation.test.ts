import { randomTensor } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/graph/print.js';
import type { LayerBuilder, Value } from '../../src/layers/index.js';
import { delayActivation } from '../../src/passes/delay-activation.js';
import { fuseActivation } from '../../src/passes/fuse-activation.js';
import { type Model, runPasses } from '../../src/passes/pass.js';
import { createReferenceBackend } from '../../src/reference/index.js';
import { modelOf } from '../support/two-channel-model.js';

describe('delayActivation', () => {
  const conv = (layers: LayerBuilder, name: string, x: Value, filters: number) =>
    layers.relu(name, layers.conv2d(`${name}.conv`, x, { filters, window: 1 }));

  it('moves bias and relu behind the pool or concat that is their only reader', () => {
    const model = modelOf((layers, x) => {
      const stem = layers.maxPool2d('pool', conv(layers, 'stem', x, 3), { window: 2, stride: 2 });
      const branches = [
        conv(layers, 'left', stem, 1),
        layers.maxPool2d('small', conv(layers, 'right', stem, 2), { window: 1 }),
      ];
      return [layers.maxPool2d('last', layers.concat('joined', branches), { window: 2 })];
    });
    const { graph, weights } = runPasses(model, [fuseActivation, delayActivation]);
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "x = input() → [batch,2,height,width]
      stem = conv2d(x, stem.conv.weight[3,2,1,1]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,3,height,width]
      pool.delayed.raw = maxPool2d(stem; stride=2,2 padding=0,0,0,0 dilation=1,1 window=2,2 rounding=floor) → [batch,3,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      pool.delayed.sum = add(pool.delayed.raw, pool.delayed.bias[1,3,1,1]) → [batch,3,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      pool = relu(pool.delayed.sum) → [batch,3,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      left = conv2d(pool, left.conv.weight[1,3,1,1]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,1,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      right = conv2d(pool, right.conv.weight[2,3,1,1]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,2,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      small = maxPool2d(right; stride=1,1 padding=0,0,0,0 dilation=1,1 window=1,1 rounding=floor) → [batch,2,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      joined = concat(left, small; axis=1) → [batch,3,(floor((height−2)/2)+1),(floor((width−2)/2)+1)]
      last.delayed.raw = maxPool2d(joined; stride=2,2 padding=0,0,0,0 dilation=1,1 window=2,2 rounding=floor) → [batch,3,(floor(((floor((height−2)/2)+1)−2)/2)+1),(floor(((floor((width−2)/2)+1)−2)/2)+1)]
      last.delayed.sum = add(last.delayed.raw, last.delayed.bias[1,3,1,1]) → [batch,3,(floor(((floor((height−2)/2)+1)−2)/2)+1),(floor(((floor((width−2)/2)+1)−2)/2)+1)]
      last = relu(last.delayed.sum) → [batch,3,(floor(((floor((height−2)/2)+1)−2)/2)+1),(floor(((floor((width−2)/2)+1)−2)/2)+1)]
      return last"
    `);
    const [left, right] = ['left', 'right'].map((name) => model.weights[`${name}.conv.bias`].data);
    expect([...weights['last.delayed.bias'].data]).toEqual([...left, ...right]);
    expect(weights).not.toHaveProperty(['left.conv.bias']);
  });

  it('changes no bit of the results in float32', async () => {
    const model = modelOf((layers, x) => {
      const stem = layers.maxPool2d('pool', conv(layers, 'stem', x, 5), { window: 3, stride: 2, padding: 1 });
      return [layers.concat('joined', [conv(layers, 'left', stem, 4), conv(layers, 'right', stem, 3)])];
    });
    const backend = createReferenceBackend();
    const run = async ({ graph, weights }: Model) => {
      const executable = await backend.compile(graph, weights);
      return executable.run({ x: randomTensor([2, 2, 9, 7], 3) });
    };
    const fused = runPasses(model, [fuseActivation]);
    const delayed = runPasses(fused, [delayActivation]);
    expect(delayed.graph).not.toEqual(fused.graph);
    expect(await run(delayed)).toEqual(await run(fused));
  });

  it('leaves alone values with other readers, requested outputs, unequal branches, and average pools', () => {
    const model = modelOf((layers, x) => {
      const twice = conv(layers, 'twice', x, 2);
      const asked = conv(layers, 'asked', x, 2);
      const plain = layers.conv2d('plain', x, { filters: 2, window: 1 });
      const bare = layers.conv2d('bare', x, { filters: 2, window: 1, bias: false });
      return [
        layers.maxPool2d('a', twice, { window: 2 }),
        layers.avgPool2d('b', twice, { window: 2 }),
        asked,
        layers.maxPool2d('c', asked, { window: 2 }),
        layers.avgPool2d('d', conv(layers, 'averaged', x, 2), { window: 2 }),
        layers.concat('e', [plain, conv(layers, 'cut', x, 2)]),
        layers.concat('f', [conv(layers, 'high', x, 2), conv(layers, 'low', x, 2)], { axis: 2 }),
        layers.maxPool2d('g', bare, { window: 2 }),
        layers.softmax('h', conv(layers, 'shared', x, 2), { axis: 1 }),
      ];
    });
    const fused = runPasses(model, [fuseActivation]);
    expect(runPasses(fused, [delayActivation])).toEqual(fused);
  });
});
