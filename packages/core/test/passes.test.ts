import { describe, expect, it } from 'vitest';
import { GraphError } from '../src/errors.js';
import type { Graph } from '../src/graph/graph.js';
import { printGraph } from '../src/graph/print.js';
import { LayerBuilder, type Value } from '../src/layers/builder.js';
import { defaultPasses } from '../src/passes/default-passes.js';
import { delayActivation } from '../src/passes/delay-activation.js';
import { dropNoOps } from '../src/passes/drop-no-ops.js';
import { foldBatchNorm } from '../src/passes/fold-batch-norm.js';
import { fuseActivation } from '../src/passes/fuse-activation.js';
import { type Model, type Pass, runPasses } from '../src/passes/pass.js';
import { createReferenceBackend } from '../src/reference/index.js';
import { type Tensor, tensor } from '../src/tensor/tensor.js';
import { randomTensor, randomWeights } from './support/random-model.js';

/** The model of what `build` makes of a picture of 2 channels. */
function modelOf(build: (layers: LayerBuilder, x: Value) => readonly Value[]): Model {
  const layers = new LayerBuilder();
  const graph = layers.build(build(layers, layers.input('x', ['batch', 2, 'height', 'width'])));
  return { graph, weights: randomWeights(graph, 1) };
}

function computed({ graph }: Model): string[] {
  return graph.nodes.filter(({ op }) => op !== 'input' && op !== 'parameter').map(({ name, op }) => `${name} ${op}`);
}

describe('dropNoOps', () => {
  it('removes dropout, a concat of one, and a relu of what can not be negative', () => {
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

  it('keeps what was asked for, and a relu of what may be negative', () => {
    const model = modelOf((layers, x) => {
      const drop = layers.dropout('drop', x, { rate: 0.5 });
      const twice = layers.relu('twice', layers.relu('once', drop));
      const mixed = layers.relu('mixed', layers.add('sum', twice, x));
      return [drop, twice, layers.relu('last', layers.batchNorm('norm', mixed))];
    });
    expect(runPasses(model, [dropNoOps]).graph).toEqual(model.graph);
  });
});

describe('foldBatchNorm', () => {
  it('makes conv2d and batchNorm one conv2d, with or without bias', () => {
    for (const bias of [true, false]) {
      const model = modelOf((layers, x) => [
        layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 3, window: [2, 1], bias }), { epsilon: 0.25 }),
      ]);
      const folded = runPasses(model, [foldBatchNorm]);
      expect(computed(folded)).toEqual(['norm conv2d']);
      expect(Object.keys(folded.weights).sort()).toEqual(['norm.folded.bias', 'norm.folded.weight']);
    }
  });

  it('computes the folded numbers in float64 and rounds once', () => {
    const { graph } = modelOf((layers, x) => [
      layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }), { epsilon: 0.1 }),
    ]);
    const weights: Record<string, Tensor> = {
      'conv.weight': tensor([2, 2, 1, 1], [1, 2, 3, 0.1]),
      'conv.bias': tensor([2], [0.3, -1]),
      'norm.scale': tensor([2], [2, 0.7]),
      'norm.shift': tensor([2], [5, 0.01]),
      'norm.mean': tensor([2], [0.3, 7]),
      'norm.variance': tensor([2], [3.9, 0.6]),
    };
    const at = (name: string, i: number) => weights[name].data[i];
    const gain = [0, 1].map((f) => at('norm.scale', f) / Math.sqrt(at('norm.variance', f) + 0.1));
    const folded = foldBatchNorm.apply({ graph, weights }).weights;
    expect([...folded['norm.folded.weight'].data]).toEqual(
      [0, 1, 2, 3].map((i) => Math.fround(at('conv.weight', i) * gain[i >> 1])),
    );
    expect([...folded['norm.folded.bias'].data]).toEqual(
      [0, 1].map((f) => Math.fround((at('conv.bias', f) - at('norm.mean', f)) * gain[f] + at('norm.shift', f))),
    );
  });

  it('leaves alone what others read, what was asked for, and what is no convolution', () => {
    const shared = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [layers.add('sum', layers.batchNorm('norm', conv), conv)];
    });
    const asked = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1 });
      return [conv, layers.batchNorm('norm', conv)];
    });
    const apart = modelOf((layers, x) => {
      const conv = layers.conv2d('conv', x, { filters: 2, window: 1, activation: 'relu' });
      return [layers.batchNorm('norm', layers.batchNorm('first', conv))];
    });
    for (const model of [shared, asked, apart]) {
      expect(runPasses(model, [foldBatchNorm])).toEqual(model);
      expect(computed(runPasses(model, defaultPasses)).filter((line) => line.endsWith('batchNorm'))).not.toEqual([]);
    }
  });

  it('keeps statistics and weights that another layer shares', () => {
    const { graph } = modelOf((layers, x) => {
      const norm = layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }));
      return [layers.add('sum', norm, layers.batchNorm('other', x))];
    });
    const rename = (name: string) => name.replace('other.', 'norm.');
    const nodes = graph.nodes
      .filter(({ name }) => !name.startsWith('other.'))
      .map((node) => ({ ...node, inputs: node.inputs.map(rename) }));
    const sharing: Graph = { nodes, outputs: graph.outputs };
    const folded = runPasses({ graph: sharing, weights: randomWeights(sharing, 2) }, [foldBatchNorm]);
    expect(computed(folded)).toEqual(['norm conv2d', 'other batchNorm', 'sum add']);
    expect(Object.keys(folded.weights)).toContain('norm.variance');
  });
});

it('folds no batchNorm into a convolution that is activated already', () => {
  const model = modelOf((layers, x) => [
    layers.batchNorm('norm', layers.relu('c', layers.conv2d('c.conv', x, { filters: 2, window: 1 }))),
  ]);
  const activated = runPasses(model, [fuseActivation]);
  expect(runPasses(activated, [foldBatchNorm])).toEqual(activated);
});

it('keep a parameter that is asked for itself', () => {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 2, 4, 4]);
  const norm = layers.batchNorm('norm', layers.conv2d('c', x, { filters: 2, window: 1 }));
  const graph = layers.build([norm, layers.parameter('kept', [3])]);
  const { weights } = runPasses({ graph, weights: randomWeights(graph, 1) }, defaultPasses);
  expect(Object.keys(weights).toSorted()).toEqual(['kept', 'norm.folded.bias', 'norm.folded.weight']);
});

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

  it('leaves alone what others read, what was asked for, and other ops', () => {
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

describe('delayActivation', () => {
  const conv = (layers: LayerBuilder, name: string, x: Value, filters: number) =>
    layers.relu(name, layers.conv2d(`${name}.conv`, x, { filters, window: 1 }));

  it('moves bias and relu behind the pool or the concat that alone reads them', () => {
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

  it('gives the very numbers that the model gave, in float32', async () => {
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

  it('leaves alone what others read, what was asked for, unlike branches, and averages', () => {
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

describe('the default passes', () => {
  it('make conv2d, batchNorm, dropout and two relus one node', () => {
    const model = modelOf((layers, x) => {
      const norm = layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 3, bias: false }));
      const inner = layers.relu('inner', layers.dropout('drop', norm, { rate: 0.1 }));
      return [layers.globalAvgPool('out', layers.relu('outer', inner))];
    });
    const { graph } = runPasses(model, defaultPasses);
    expect(graph.outputs).toEqual(['out']);
    expect(computed({ graph, weights: {} })).toMatchInlineSnapshot(`
      [
        "inner conv2d",
        "out globalAvgPool",
      ]
    `);
  });

  it('change neither the graph nor the weights that they are given', () => {
    const model = modelOf((layers, x) => [
      layers.relu('y', layers.batchNorm('norm', layers.conv2d('conv', x, { filters: 2, window: 1 }))),
    ]);
    const before = structuredClone(model);
    runPasses(model, defaultPasses);
    expect(model).toEqual(before);
  });
});

describe('runPasses', () => {
  const model = modelOf((layers, x) => [layers.conv2d('y', x, { filters: 2, window: 1 })]);
  const attempt = (apply: Pass['apply']) => () =>
    runPasses(model, [dropNoOps, { name: 'guilty', apply }, fuseActivation]);

  it('names the pass that broke the graph', () => {
    const forgetsInput = attempt(({ graph, weights }) => ({
      graph: { ...graph, nodes: graph.nodes.filter(({ name }) => name !== 'x') },
      weights,
    }));
    expect(forgetsInput).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': a broken graph: y (conv2d): input 'x', want the name of an earlier node]`,
    );
    const renamesOutput = attempt(({ graph, weights }) => ({ graph: { ...graph, outputs: ['x'] }, weights }));
    expect(renamesOutput).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': outputs x [batch,2,height,width], want y [batch,2,height,width]]`,
    );
    const forgetsWeights = attempt(({ graph }) => ({ graph, weights: {} }));
    expect(forgetsWeights).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': weights missing for parameter y.weight, want [2,2,1,1]]`,
    );
    const reshapes = attempt(({ graph, weights }) => ({
      graph,
      weights: { ...weights, 'y.bias': tensor([3], [1, 2, 3]) },
    }));
    expect(reshapes).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: pass 'guilty': weights [3] for parameter y.bias, want [2]]`,
    );
    expect(forgetsInput).toThrow(GraphError);
  });

  it('hands on what a pass throws that is no complaint of ours', () => {
    const mistake = new TypeError('a mistake');
    expect(
      attempt(() => {
        throw mistake;
      }),
    ).toThrow(mistake);
  });

  it('names the pass also when the error speaks of a node called pass', () => {
    const broken = attempt(({ weights }) => ({
      graph: { nodes: [{ name: 'pass 1', op: 'relu', inputs: [], attributes: {} }], outputs: ['pass 1'] },
      weights,
    }));
    expect(broken).toThrow("pass 'guilty'");
  });
});
