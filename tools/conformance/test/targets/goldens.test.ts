import { checkNetwork, listLayers, type NetworkModel, referenceStages, withShownReport } from '@strata/comparison';
import { type Backend, defaultPasses, type Executable, runPasses } from '@strata/core';
import { createReferenceBackend, type Judged } from '@strata/core/reference';
import { pictureInput } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkGolden, type GoldenModel, goldenLimit, goldenModel } from '../../src/golden/check-golden.js';
import { goldenInput } from '../../src/golden/formula.js';
import { type GoldenName, goldenNames, loadGolden } from '../../src/golden/load.js';
import { nameTarget } from '../../src/targets.js';
import { presentTargets } from './present.js';
import { smallGolden } from './small-golden.js';

/**
 * Networks of our own making, on sizes that no golden has: pictures that are not square, and one of them two at a time.
 */
const others = [
  { name: 'seed-224', input: [2, 1, 40, 33] },
  { name: 'bvlc-224', input: [1, 3, 64, 48] },
  { name: 'torchvision-224', input: [1, 3, 33, 40] },
] as const satisfies { name: GoldenName; input: readonly number[] }[];

async function otherModel({
  name,
  input,
}: Pick<(typeof others)[number], 'name'> & { readonly input: readonly number[] }): Promise<NetworkModel> {
  return observeLayers(goldenModel({ ...(await loadGolden(name)), input, seed: 11 }));
}

function observeLayers(model: GoldenModel): NetworkModel {
  return { ...model, outputs: listLayers(runPasses(model, defaultPasses).graph) };
}

const references = new Map<string, ReadonlyMap<string, Judged>>();

/** Worked out once, for it takes seconds; right for all backends that compute directly in float32. */
async function referenceOf(name: string, model: NetworkModel, backend: Backend): Promise<ReadonlyMap<string, Judged>> {
  const { precision, convolution } = (await withShownReport(backend, model)).report;
  const key = `${name} ${precision} ${convolution}`;
  const found = references.get(key) ?? (await referenceStages(model, backend));
  references.set(key, found);
  return found;
}

const fast = await presentTargets('fast');
const slow = (await presentTargets('slow')).filter(({ backend }) => backend !== 'reference');

describe.each(fast.map((target) => ({ target, name: nameTarget(target) })))('goldens on $name', ({ target }) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await target.open();
  });
  afterAll(() => backend.dispose());

  // Plain JavaScript takes seconds a picture: the seed network stands there for all three.
  const mine = <T extends string | { readonly name: string }>(all: readonly T[]) =>
    all.filter((one) => target.device !== 'js' || (typeof one === 'string' ? one : one.name).startsWith('seed'));

  it.each(mine(goldenNames))('%s: every block is within 1e-4 of its largest value', async (name) => {
    const blocks = await checkGolden(await loadGolden(name), backend);
    expect(blocks.filter(({ passed }) => !passed)).toEqual([]);
    expect(blocks.length).toBeGreaterThanOrEqual(7);
  });

  it.each(mine(others))(
    '$name on $input: every layer is within its own tolerance of what came before it, and the whole within that of the whole way',
    async (other) => {
      const model = await otherModel(other);
      const reference = await referenceOf(other.name, model, backend);
      const result = await checkNetwork(model, backend, goldenLimit, reference);
      expect(result.firstDiverging).toBeUndefined();
      expect(result.passed, JSON.stringify(result.shipped)).toBe(true);
      // That is no empty promise: the bound of the whole way is small beside the output.
      for (const output of model.graph.outputs) expect(toleranceShare(reference.get(output))).toBeLessThan(2e-3);
    },
  );

  it('runs all sizes on one executable, in any order', async () => {
    const { graph, weights } = await otherModel(others[0]);
    const executable: Executable = await backend.compile(graph, weights);
    try {
      for (const [batch, height, width] of [
        [2, 48, 40],
        [1, 33, 47],
        [2, 48, 40],
      ]) {
        const picture = goldenInput({ input: [batch, 1, height, width], seed: 11 });
        const { fc } = await executable.run({ [pictureInput]: picture });
        expect(fc.shape).toEqual([batch, 10]);
      }
    } finally {
      await executable.dispose();
    }
  });
});

/** Largest tolerance as a share of the largest value. */
function toleranceShare(judged: Judged | undefined): number {
  const largest = (values: Float64Array = new Float64Array()) =>
    values.reduce((most, x) => Math.max(most, Math.abs(x)));
  return largest(judged?.tolerance) / largest(judged?.value);
}

/** A backend that changes one element of a parameter, whatever the weights say. */
function damage(backend: Backend, parameter: string, at: number, change: (value: number) => number): Backend {
  return {
    ...backend,
    compile: (graph, weights, options) => {
      const right = weights[parameter];
      const data = Float32Array.from(right.data, (value, i) => (i === at ? change(value) : value));
      return backend.compile(graph, { ...weights, [parameter]: { ...right, data } }, options);
    },
  };
}

// A GPU in software takes minutes for what takes others seconds; `strata diff` judges every layer on it, too.
describe.each(slow.map((target) => ({ target, name: nameTarget(target) })))(
  'the seed network on $name',
  ({ target }) => {
    it('gives the golden values at 48×40', async () => {
      const backend = await target.open();
      try {
        const golden = await smallGolden();
        const blocks = await checkGolden(golden, backend);
        expect(blocks.filter(({ passed }) => !passed)).toEqual([]);
        expect(blocks.map(({ name }) => name)).toEqual(golden.blocks.map(({ name }) => name));
      } finally {
        await backend.dispose();
      }
    });
  },
);

describe('the comparison of whole networks', () => {
  it('names the first wrong stage, and no later one', async () => {
    const outputs = ['pool2', 'inception3a', 'inception3b', 'pool3', 'fc'];
    const model = { ...goldenModel({ ...(await loadGolden('seed-224')), input: [1, 1, 32, 32] }), outputs };
    const backend = createReferenceBackend();
    const reference = await referenceStages(model, backend);
    const right = await checkNetwork(model, backend, goldenLimit, reference);
    expect(right.passed).toBe(true);
    const damaged = damage(backend, 'inception3b.branch1.bias', 0, (bias) => bias + 0.1);
    const wrong = await checkNetwork(model, damaged, goldenLimit, reference);
    expect(wrong.passed).toBe(false);
    expect(wrong.firstDiverging).toBe('inception3b');
    const failing = wrong.stages.filter(({ agreement }) => agreement.failed > 0).map(({ name }) => name);
    expect(failing).toEqual(['inception3b']);
    await backend.dispose();
  });

  it('traces an error of a thousandth in one of 19,200 weights to its layer', async () => {
    const model = observeLayers(goldenModel({ ...(await loadGolden('seed-224')), input: [1, 1, 48, 48], seed: 11 }));
    const backend = createReferenceBackend();
    const wrong = damage(backend, 'inception4a.branch3.weight', 8278, (weight) => weight * 1.001);
    const { firstDiverging, passed } = await checkNetwork(model, wrong, goldenLimit);
    expect({ firstDiverging, passed }).toEqual({ firstDiverging: 'inception4a.branch3', passed: false });
    await backend.dispose();
  });
});
