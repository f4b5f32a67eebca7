import { expect, it } from 'vitest';
import { LayerBuilder } from '../src/layers/index.js';
import { createReferenceBackend } from '../src/reference/reference-backend.js';
import { tensor } from '../src/tensor/tensor.js';

it('compiles a graph whose outputs do not need all its parameters', async () => {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, 2]);
  layers.linear('unread', x, { features: 3, bias: false });
  const graph = layers.build([layers.linear('read', x, { features: 1, bias: false })]);
  const weights = {
    'unread.weight': tensor([3, 2], [1, 2, 3, 4, 5, 6]),
    'read.weight': tensor([1, 2], [10, 100]),
  };
  const backend = createReferenceBackend();
  const executable = await backend.compile(graph, weights);
  const { read } = await executable.run({ x: tensor([1, 2], [3, 4]) });
  expect([...read.data]).toEqual([430]);
  await backend.dispose();
});
