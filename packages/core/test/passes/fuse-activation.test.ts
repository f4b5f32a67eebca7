import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/graph/print.js';
import { fuseActivation } from '../../src/passes/fuse-activation.js';
import { runPasses } from '../../src/passes/pass.js';
import { modelOf } from '../support/two-channel-model.js';

describe('fuseActivation', () => {
  it('fuses relu into conv2d and linear under the name of the relu', () => {
    const model = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 3, window: 1, activation: 'relu' });
      const flat = layers.flatten('flat', layers.globalAvgPool('pool', conv));
      return [layers.linear('fc', flat, { features: 2, activation: 'relu' })];
    });
    expect(printGraph(runPasses(model, [fuseActivation]).graph)).toMatchInlineSnapshot(`
      "x = input() → [batch,2,height,width]
      conv = conv2d(x, conv.weight[3,2,1,1], conv.bias[3]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=relu) → [batch,3,height,width]
      pool = globalAvgPool(conv) → [batch,3,1,1]
      flat = flatten(pool; axis=1) → [batch,3]
      fc = linear(flat, fc.weight[2,3], fc.bias[2]; activation=relu) → [batch,2]
      return fc"
    `);
  });

  it('leaves alone values with other readers, requested outputs, and other ops', () => {
    const shared = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [layers.relu('y', conv), layers.relu('z', conv)];
    });
    const asked = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [conv, layers.relu('y', conv)];
    });
    const other = modelOf((layers, x) => [layers.relu('y', layers.batchNorm('norm', x))]);
    for (const model of [shared, asked, other]) expect(runPasses(model, [fuseActivation])).toEqual(model);
  });
});
