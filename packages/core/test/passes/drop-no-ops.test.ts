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

  it('removes transposes, slices and pads that change nothing, and no other', () => {
    const model = modelOf((layers, x) => {
      const same = layers.transpose('same', x, { permutation: [0, 1, 2, 3] });
      const all = layers.slice('all', same, { axis: 2 });
      const bare = layers.pad('bare', all, { before: [0, 0, 0, 0], after: [0, 0, 0, 0], value: 3 });
      const turned = layers.transpose('turned', bare, { permutation: [0, 1, 3, 2] });
      const second = layers.slice('second', turned, { axis: 2, step: 2 });
      return [layers.pad('out', second, { before: [0, 0, 0, 0], after: [0, 0, 0, 1] })];
    });
    expect(printGraph(runPasses(model, [dropNoOps]).graph)).toMatchInlineSnapshot(`
      "x = input() → [batch,2,height,width]
      turned = transpose(x; permutation=0,1,3,2) → [batch,2,width,height]
      second = slice(turned; axis=2 start=0 step=2) → [batch,2,width[0::2],height]
      out = pad(second; before=0,0,0,0 after=0,0,0,1 value=0) → [batch,2,width[0::2],(height+1)]
      return out"
    `);
  });

  it('knows that padding with a negative number may be negative', () => {
    const model = modelOf((layers, x) => {
      const around = { before: [0, 0, 1, 0], after: [0, 0, 0, 0] };
      const zeros = layers.pad('zeros', layers.relu('first', x), around);
      const below = layers.pad('below', layers.relu('dropped', zeros), { ...around, value: -1 });
      return [layers.relu('kept', below), layers.add('sum', below, below)];
    });
    const { nodes } = runPasses(model, [dropNoOps]).graph;
    expect(nodes.map(({ name }) => name)).toEqual(['x', 'first', 'zeros', 'below', 'kept', 'sum']);
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
