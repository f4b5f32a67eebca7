import { randomTensor, randomWeights } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { LayerBuilder } from '../../src/layers/index.js';
import { delayActivation, foldBatchNorm, runPasses } from '../../src/passes/index.js';
import { createReferenceBackend } from '../../src/reference/index.js';

/** Names that `foldBatchNorm` and `delayActivation` would give: for a value, for a parameter, for an input. */
const taken = ['norm.folded.weight', "norm.folded.weight'", 'norm.folded.bias', 'pool.delayed.bias'] as const;

function build() {
  const layers = new LayerBuilder();
  const x = layers.input('x', [1, 2, 4, 4]);
  const raw = layers.input('pool.delayed.raw', [1, 3, 2, 2]);
  const conv = layers.conv2d('conv', x, { filters: 3, window: 1 });
  const norm = layers.batchNorm('norm', conv);
  const pool = layers.maxPool2d('pool', layers.relu('cut', norm), { window: 2, stride: 2 });
  const values = taken.map((name) => layers.parameter(name, [1, 3, 1, 1]));
  const sum = values.reduce((total, value, i) => layers.add(`sum${i}`, total, value), layers.add('both', pool, raw));
  return layers.build([layers.relu('pool.delayed.sum', sum)]);
}

describe('a name that a pass would give', () => {
  it('may be a name of the graph', async () => {
    const graph = build();
    const weights = randomWeights(graph, 4);
    const inputs = { x: randomTensor([1, 2, 4, 4], 5), 'pool.delayed.raw': randomTensor([1, 3, 2, 2], 6) };
    const results = [];
    for (const passes of [[], [foldBatchNorm, delayActivation]]) {
      const backend = createReferenceBackend({ passes });
      const network = await backend.compile(graph, weights);
      results.push((await network.run(inputs))['pool.delayed.sum'].data);
      await backend.dispose();
    }
    const [want, got] = results;
    for (const [i, value] of got.entries()) expect(value).toBeCloseTo(want[i], 5);
    const model = runPasses({ graph, weights }, [foldBatchNorm]);
    expect(model.graph.nodes.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...taken, "norm.folded.weight''", "norm.folded.bias'"]),
    );
  });
});
