import { type Backend, type Graph, initialiseWeights, type Tensor, tensor, type Weights } from '@strata/core';
import { exportOnnx } from '@strata/formats/onnx';
import { writeSafetensors } from '@strata/formats/safetensors';
import {
  buildGoogLeNet,
  constantsOf,
  loadGoogLeNet,
  type NetworkOptions,
  nameAsSource,
  pictureInput,
  styleOf,
  type Variant,
  variantNames,
  writeMetadata,
} from '@strata/googlenet';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameTarget } from '../../src/targets.js';
import { presentTargets } from './present.js';

interface Plan {
  readonly variant: Variant;
  readonly options: NetworkOptions & { readonly input: readonly [number, number, number]; readonly auxiliary: boolean };
  readonly batch: number;
  readonly seed: number;
}

const layers = ['conv1', 'conv2', 'conv3', 'aux1.conv', 'aux1.fc1', 'aux2.conv', 'aux2.fc1'].concat(
  ['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b'].flatMap((block) =>
    ['branch1', 'branch2.reduce', 'branch2', 'branch3.reduce', 'branch3', 'branch4'].map(
      (branch) => `inception${block}.${branch}`,
    ),
  ),
);

/** Networks of any variant, its widths from 1 to 5, for pictures that are not square. */
const plans: fc.Arbitrary<Plan> = fc
  .record({
    variant: fc.constantFrom(...variantNames),
    widths: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: layers.length, maxLength: layers.length }),
    classes: fc.integer({ min: 2, max: 7 }),
    channels: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 90, max: 110 }),
    width: fc.integer({ min: 90, max: 110 }),
    batch: fc.integer({ min: 1, max: 2 }),
    transform: fc.boolean(),
    heads: fc.boolean(),
    folded: fc.boolean(),
    seed: fc.nat(1000),
  })
  .map(({ variant, widths, classes, channels, height, width, batch, transform, heads, folded, seed }) => {
    const style = styleOf(variant);
    const transformInput = transform && channels === 3 && style.transform !== undefined;
    return {
      variant,
      batch,
      seed,
      options: {
        input: [channels, height, width],
        classes,
        widths: Object.fromEntries(layers.map((layer, index) => [layer, widths[index]])),
        transformInput,
        auxiliary: heads && style.auxiliary !== undefined,
        foldedBatchNorm: folded && style.batchNorm !== undefined,
      },
    };
  });

function weightsOf(graph: Graph, { variant, options, seed }: Plan): Weights {
  return { ...initialiseWeights(graph, { scheme: 'kaiming-uniform', seed }), ...constantsOf(variant, options) };
}

function pictureOf({ batch, options: { input } }: Plan): Tensor {
  const shape = [batch, ...input];
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  return tensor(
    shape,
    data.map((_, index) => Math.sin(index)),
  );
}

/** The network's weights as files that a program of ours writes, and what a caller says of one that does not say it. */
function filesOf(graph: Graph, weights: Weights, { variant, options }: Plan) {
  const { input, transformInput = false } = options;
  const metadata = writeMetadata({ variant, input, transformInput });
  const said = options.transformInput === true ? { transformInput } : {};
  return [
    { kind: 'onnx', bytes: exportOnnx(graph, weights), said: { variant } },
    { kind: 'our names', bytes: writeSafetensors(weights, { metadata }), said: {} },
    { kind: "the source's names", bytes: writeSafetensors(nameAsSource(variant, weights).weights), said },
  ];
}

for (const target of await presentTargets('fast')) {
  describe(`networks of any widths on ${nameTarget(target)}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await target.open();
    });
    afterAll(() => backend?.dispose());

    it('written to a file and read from it compute the same bits', async () => {
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const graph = buildGoogLeNet(plan.variant, plan.options);
          const weights = weightsOf(graph, plan);
          const batch = pictureOf(plan);
          const executable = await backend.compile(graph, weights);
          const want = await executable.run({ [pictureInput]: batch });
          await executable.dispose();
          for (const { kind, bytes, said } of filesOf(graph, weights, plan)) {
            const { input, auxiliary } = plan.options;
            const net = await loadGoogLeNet({ backend, weights: bytes, input, auxiliary, ...said });
            expect({ kind, variant: net.variant, values: await net.run(batch) }).toEqual({
              kind,
              variant: plan.variant,
              values: want,
            });
            await net.dispose();
          }
        }),
        // Shrinking would take minutes.
        { numRuns: 2, endOnFailure: true },
      );
    });
  });
}
