import type { LayerBuilder, SymbolicShape, Value } from '@strata/core';

/** A small network with four branches, as an inception block has them, of sizes that the run decides. */
export function buildBlock(layers: LayerBuilder, shape: SymbolicShape = ['batch', 3, 'height', 'width']): Value {
  const x = layers.input('x', shape);
  const branch1 = layers.conv2d('branch1', x, { filters: 5, window: 1, activation: 'relu' });
  const reduced = layers.conv2d('branch2.reduce', x, { filters: 4, window: 1, activation: 'relu' });
  const branch2 = layers.conv2d('branch2', reduced, { filters: 6, window: 3, padding: 1, activation: 'relu' });
  const pooled = layers.maxPool2d('branch3.pool', x, { window: 3, stride: 1, padding: 1 });
  const branch3 = layers.conv2d('branch3', pooled, { filters: 2, window: 1, activation: 'relu' });
  const joined = layers.concat('joined', [branch1, branch2, branch3]);
  const normal = layers.lrn('normal', joined, { size: 5 });
  const small = layers.maxPool2d('small', normal, { window: 3, stride: 2, rounding: 'ceil' });
  const flat = layers.flatten('flat', layers.globalAvgPool('mean', small));
  return layers.softmax('probabilities', layers.linear('scores', flat, { features: 4 }));
}
