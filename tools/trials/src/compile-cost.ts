import { type Backend, countElements, LayerBuilder, nodesOf, type Tensor, type Value } from '@strata/core';

/** What compiling a network of some millions of weights costs. */
export interface CompileCost {
  readonly what: string;
  /** In times of what a plain loop over all its weights costs, in the same process. */
  readonly loops: number;
}

type Build = (layers: LayerBuilder) => Value;

const picture = (layers: LayerBuilder, channels: number) => layers.input('x', ['batch', channels, 'height', 'width']);

/** Everything for which some backend rewrites weights: turns them, folds a batch norm into them, parts or spreads them. */
const networks: Readonly<Record<string, Build>> = {
  'a linear layer': (layers) => layers.linear('y', layers.input('x', ['batch', 4608]), { features: 1024 }),
  'a convolution': (layers) => layers.conv2d('y', picture(layers, 512), { filters: 1024, window: 3 }),
  'a convolution with a batch norm': (layers) =>
    layers.batchNorm('y', layers.conv2d('conv', picture(layers, 512), { filters: 1024, window: 3 })),
  'a convolution in groups': (layers) =>
    layers.conv2d('y', picture(layers, 1024), { filters: 2048, window: 3, groups: 4 }),
  'a dilated convolution': (layers) =>
    layers.conv2d('y', picture(layers, 512), { filters: 512, window: 3, stride: 2, dilation: 2 }),
};

/** Loops over the weights that compiling may cost: it takes up to 9 here, and one call a weight 30 and more. */
const MOST = 18;

/** As much of Node's `process` as tells the CPU time, in microseconds, which a busy machine does not change. */
interface Clock {
  cpuUsage(): { readonly user: number; readonly system: number };
}

/** The networks of which compiling costs more than it may: something is called for each weight. */
export async function dearCompiles(backend: Backend, clock: Clock): Promise<CompileCost[]> {
  return (await measureCompile(backend, clock)).filter(({ loops }) => loops > MOST);
}

/**
 * Compiles each and disposes it, three times, of which the cheapest counts. What seems dear is measured again, twice at
 * most: a call for each weight is dear every time, a machine whose cores share their caches is so now and then.
 */
async function measureCompile(backend: Backend, clock: Clock): Promise<CompileCost[]> {
  const costs: CompileCost[] = [];
  for (const [what, build] of Object.entries(networks)) {
    const layers = new LayerBuilder();
    const graph = layers.build([build(layers)]);
    const weights = Object.fromEntries(
      nodesOf(graph, 'parameter').map(({ name, attributes: { shape } }): [string, Tensor] => [
        name,
        { shape, dtype: 'float32', data: new Float32Array(countElements(shape)).fill(0.5) },
      ]),
    );
    let loops = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3 && loops > MOST; attempt++) {
      const plain = await cheapest(clock, async () => {
        for (const { data } of Object.values(weights)) negate(data);
      });
      const compiling = await cheapest(clock, async () => (await backend.compile(graph, weights)).dispose());
      loops = compiling / plain;
    }
    costs.push({ what, loops });
  }
  return costs;
}

async function cheapest(clock: Clock, work: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = clock.cpuUsage();
    await work();
    const after = clock.cpuUsage();
    least = Math.min(least, after.user + after.system - before.user - before.system);
  }
  return least;
}

function negate(values: Tensor['data']): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = -values[i];
  return result;
}
