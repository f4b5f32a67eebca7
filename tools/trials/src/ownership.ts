import { type Backend, type Executable, type Graph, LayerBuilder, type Tensor, type Weights } from '@strata/core';
import { randomTensor, randomWeights } from './tensors.js';

/**
 * Changes everything that it gave to `compile` and `run` and everything that it got, and looks whether a later result
 * changes with it, or an earlier one with a later run; empty when none does. Sizes are open, so that some backends lower
 * the graph only then; the weights are large enough for libraries to take them otherwise than inside a model. Two outputs
 * are a parameter and an input as they are.
 */
export async function failureOfOwnership(backend: Backend): Promise<string> {
  const graph = buildNetwork();
  const weights = randomWeights(graph, 2);
  const kept = copy(weights);
  const executable = await compileAndSpoil(backend, graph, weights);
  const fresh = await backend.compile(graph, kept);
  const inputs = (height: number) => ({ x: randomTensor([2, 3, height, 5], height) });
  const failures: string[] = [];
  const results: { readonly got: Weights; readonly before: Weights }[] = [];
  for (const height of [4, 6, 4, 6]) {
    const want = await fresh.run(inputs(height));
    const given = inputs(height);
    const running = executable.run(given);
    spoil(given);
    const got = await running;
    const wrong = differences(want, got).map(
      (name) => `'${name}' of height ${height} changed with the caller's arrays`,
    );
    failures.push(...wrong);
    // The first two are left as they are: a later run must not write into them.
    if (results.length < 2) results.push({ got, before: copy(got) });
    else spoil(got);
  }
  for (const { got, before } of results) {
    failures.push(...differences(before, got).map((name) => `'${name}' changed with a later run`));
  }
  await executable.dispose();
  await fresh.dispose();
  return failures.join('\n');
}

function buildNetwork(): Graph {
  const layers = new LayerBuilder();
  const x = layers.input('x', ['batch', 3, 'height', 'width']);
  const conv = layers.conv2d('conv', x, { filters: 40, window: 3, padding: 1 });
  const norm = layers.batchNorm('norm', layers.relu('relu', conv));
  const mean = layers.flatten('flat', layers.globalAvgPool('mean', norm));
  const p = layers.parameter('p', [40, 40]);
  const fc = layers.linear('fc', mean, { features: 50 });
  return layers.build([fc, layers.add('sum', mean, layers.parameter('q', [40])), p, x]);
}

/** Compiles, and changes graph, weights and names while the device is still busy. */
async function compileAndSpoil(backend: Backend, graph: Graph, weights: Weights): Promise<Executable> {
  const given = structuredClone(graph);
  const outputs = [...graph.outputs];
  const compiling = backend.compile(given, weights, { outputs });
  spoil(weights);
  outputs.length = 1;
  for (const { inputs, attributes } of given.nodes) {
    Object.assign(inputs, [...inputs].reverse());
    Object.assign(attributes, { axis: 7, epsilon: 9, shape: [1], padding: [9, 9, 9, 9] });
  }
  Object.assign(given, { nodes: [], outputs: [] });
  return compiling;
}

/** The names whose values differ. */
function differences(want: Weights, got: Weights): string[] {
  return Object.keys(want).filter((name) => !sameNumbers(want[name], got[name]));
}

function copy(tensors: Weights): Weights {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, dtype, data }]) => [name, { shape, dtype, data: data.slice() }]),
  );
}

function spoil(tensors: Weights): void {
  for (const { data } of Object.values(tensors)) data.fill(100);
}

function sameNumbers(a: Tensor, b: Tensor): boolean {
  return a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}
