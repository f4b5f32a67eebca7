import { initialiseWeights, LayerBuilder, type Model } from '@strata/core';

/** A network of many ops; its pools round up, and its 1 × 1 convolution has padding. */
export function buildVariedNetwork(): Model {
  const layers = new LayerBuilder();
  const picture = layers.input('picture', ['batch', 4, 'height', 'width']);
  const conv = layers.conv2d('conv', picture, {
    filters: 6,
    window: [3, 2],
    stride: [1, 2],
    padding: [1, 0, 2, 1],
    dilation: [2, 1],
    groups: 2,
  });
  const pointwise = layers.conv2d('pointwise', layers.relu('conv.relu', conv), {
    filters: 5,
    window: 1,
    padding: [0, 0, 1, 2],
    bias: false,
  });
  const max = layers.maxPool2d('max', pointwise, {
    window: [3, 2],
    stride: 2,
    padding: [1, 0, 1, 1],
    rounding: 'ceil',
  });
  const mean = layers.avgPool2d('mean', max, { window: 2, stride: 1, padding: 1, dilation: [1, 2] });
  const counted = layers.avgPool2d('counted', mean, {
    window: 3,
    stride: 2,
    padding: 1,
    rounding: 'ceil',
    countPadding: true,
  });
  const normed = layers.batchNorm('norm', layers.lrn('lrn', counted, { size: 3, alpha: 0.25, beta: 0.5, k: 2 }), {
    epsilon: 2 ** -10,
  });
  const sum = layers.add('sum', normed, layers.relu('relu', counted));
  const both = layers.concat('both', [sum, layers.dropout('drop', normed, { rate: 0.25 })]);
  const flat = layers.flatten('flat', layers.globalAvgPool('pool', both));
  const hidden = layers.relu('hidden', layers.linear('hidden.linear', flat, { features: 7 }));
  const graph = layers.build([layers.softmax('y', layers.linear('fc', hidden, { features: 3, bias: false })), sum]);
  return { graph, weights: initialiseWeights(graph, { scheme: 'kaiming-normal', seed: 5 }) };
}
