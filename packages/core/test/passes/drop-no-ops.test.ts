import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/graph/print.js';
import { dropNoOps } from '../../src/passes/drop-no-ops.js';
import { runPasses } from '../../src/passes/pass.js';
import { modelOf } from '../support/two-channel-model.js';

describe('dropNoOps', () => {
  it('removes dropout, a concat of one input, and a relu of values that cannot be negative', () => {
    const model = modelOf((layers, x) => {
      const first = layers.relu('first', layers.dropout('drop', x, { rate: 0.2 }));
      const pooled = layers.avgPool2d('pooled', layers.concat('one', [first]), { window: 1 });
      const soft = layers.softmax('soft', layers.batchNorm('norm', x), { axis: 1 });
      const joined = layers.lrn('lrn', layers.concat('joined', [pooled, soft]), { size: 3 });
      return [
        layers.add(
          'out',
          layers.relu('again', joined),
          layers.relu('needed', layers.conv2d('c', joined, { filters: 4, window: 1 })),
        ),
      ];
    });
    const dropped = runPasses(model, [dropNoOps]);
    expect(printGraph(dropped.graph)).toMatchInlineSnapshot(`
      "x = input() → [batch,2,height,width]
      first = relu(x) → [batch,2,height,width]
      pooled = avgPool2d(first; stride=1,1 padding=0,0,0,0 dilation=1,1 window=1,1 rounding=floor countPadding=false) → [batch,2,height,width]
      norm = batchNorm(x, norm.scale[2], norm.shift[2], norm.mean[2], norm.variance[2]; epsilon=0.00001) → [batch,2,height,width]
      soft = softmax(norm; axis=1) → [batch,2,height,width]
      joined = concat(pooled, soft; axis=1) → [batch,4,height,width]
      lrn = lrn(joined; size=3 alpha=0.0001 beta=0.75 k=1) → [batch,4,height,width]
      c = conv2d(lrn, c.weight[4,4,1,1], c.bias[4]; stride=1,1 padding=0,0,0,0 dilation=1,1 groups=1 activation=none) → [batch,4,height,width]
      needed = relu(c) → [batch,4,height,width]
      out = add(lrn, needed) → [batch,4,height,width]
      return out"
    `);
  });

  it('keeps requested outputs, and a relu of values that may be negative', () => {
    const model = modelOf((layers, x) => {
      const drop = layers.dropout('drop', x, { rate: 0.5 });
      const twice = layers.relu('twice', layers.relu('once', drop));
      const mixed = layers.relu('mixed', layers.add('sum', twice, x));
      return [drop, twice, layers.relu('last', layers.batchNorm('norm', mixed))];
    });
    expect(runPasses(model, [dropNoOps]).graph).toEqual(model.graph);
  });
});
