import { LayerBuilder, type Tensor, tensor } from '@strata/core';
import { createRandom } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { createBackend } from '../src/index.js';
import { everywhere } from './support/devices.js';

const channels = 64;

describe.each(everywhere)('batch norm on $title', ({ title: _, ...options }) => {
  it('gives the shift exactly where a channel has its mean', async () => {
    const layers = new LayerBuilder();
    const x = layers.input('x', ['batch', channels, 2, 3]);
    const graph = layers.build([layers.batchNorm('y', x)]);
    const random = createRandom(9);
    const drawn = () => Float32Array.from({ length: channels }, () => 10 * random.gaussian());
    const [scale, shift, mean] = [drawn(), drawn(), drawn()];
    const variance = drawn().map(Math.abs);
    const named: Record<string, Tensor> = {};
    for (const [name, data] of Object.entries({ scale, shift, mean, variance })) {
      named[`y.${name}`] = tensor([channels], data);
    }
    const backend = await createBackend(options);
    const net = await backend.compile(graph, named);
    for (const batch of [1, 2]) {
      const each = (values: Float32Array) =>
        Float32Array.from({ length: batch * channels * 6 }, (_element, i) => values[Math.floor(i / 6) % channels]);
      const { y } = await net.run({ x: tensor([batch, channels, 2, 3], each(mean)) });
      expect(y.data).toEqual(each(shift));
    }
    await backend.dispose();
  });
});
