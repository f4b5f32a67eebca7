import { countElements, nodesOf, type Shape, type Tensor, tensor, WeightsError } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildGoogLeNet,
  describeCheckpoint,
  loadGoogLeNet,
  nameAsSource,
  readMetadata,
  styleOf,
  variantNames,
  widthsOf,
  writeMetadata,
} from '../src/index.js';
import { paperWidths } from '../src/network/widths.js';
import { createFakeBackend } from './fake-backend.js';
import { readStateDict } from './state-dicts.js';

const zeros = (shape: Shape): Tensor => tensor(shape, new Float32Array(countElements(shape)));

function tensorsOf(entries: Iterable<readonly [string, Shape]>): ReadonlyMap<string, Tensor & { read(): Tensor }> {
  return new Map([...entries].map(([name, shape]) => [name, { ...zeros(shape), read: () => zeros(shape) }]));
}

describe('describeCheckpoint', () => {
  it.each([
    ['seed', 5_977_530, 'd2l'],
    ['d2l', 5_977_530, 'seed'],
    ['bvlc', 6_998_552, undefined],
    ['torchvision', 13_004_888, undefined],
  ] as const)('knows %s by its names, and tells the runner-up', (variant, parameters, runnerUp) => {
    const found = describeCheckpoint({ tensors: tensorsOf(readStateDict(variant)) });
    expect(found).toMatchObject({ variant, parameters, likeness: 1, missing: [], surplus: [], misshapen: [] });
    expect(found.heads).toBe(variant === 'torchvision');
    expect(found.transformInput).toBeUndefined();
    if (runnerUp !== undefined) expect(found.runnerUp?.variant).toBe(runnerUp);
    expect(found.runnerUp?.likeness ?? 0).toBeLessThan(1);
  });

  it('takes another network for none of these, though a name or two are the same', () => {
    const shapes: [string, Shape][] = [
      ['conv1.weight', [64, 3, 7, 7]],
      ['fc.weight', [1000, 512]],
      ['fc.bias', [1000]],
      ...Array.from({ length: 57 }, (_, i): [string, Shape] => [`layer${i}.conv1.weight`, [64, 64, 3, 3]]),
    ];
    expect(describeCheckpoint({ tensors: tensorsOf(shapes) }).variant).toBeUndefined();
  });

  it('takes off what DataParallel, torch.compile and classes put before all names', () => {
    const prefixed = readStateDict('d2l').map(([name, shape]) => [`module._orig_mod.net.${name}`, shape] as const);
    const found = describeCheckpoint({ tensors: tensorsOf(prefixed) });
    expect(found).toMatchObject({ variant: 'd2l', likeness: 1, prefix: 'module._orig_mod.net.' });
  });

  it('knows the classifiers of a Caffe network that was trained on, which have names of their own', () => {
    const trained = readStateDict('bvlc').map(([name, shape]): [string, Shape] =>
      name.includes('classifier')
        ? [name.replace('classifier', 'classifier_flowers'), [17, ...shape.slice(1)]]
        : [name, shape],
    );
    const found = describeCheckpoint({ tensors: tensorsOf(trained) });
    expect(found).toMatchObject({ variant: 'bvlc', likeness: 1, classes: 17, missing: [], surplus: [] });
    // Beside one of the usual name it is another layer.
    const both = describeCheckpoint({ tensors: tensorsOf([...readStateDict('bvlc'), ...trained.slice(-2)]) });
    expect(both.surplus.map(({ name }) => name)).toEqual(trained.slice(-2).map(([name]) => name));
  });

  it('leaves out what an averaged model counts beside the model', () => {
    const averaged = readStateDict('torchvision').map(([name, shape]) => [`module.${name}`, shape] as const);
    const found = describeCheckpoint({ tensors: tensorsOf([['n_averaged', []], ...averaged]) });
    expect(found).toMatchObject({ variant: 'torchvision', likeness: 1, prefix: 'module.', surplus: [] });
  });

  it('says which one tensor does not fit its neighbours, and no other', () => {
    const broken = readStateDict('torchvision').map(([name, shape]): [string, Shape] =>
      name === 'inception4b.branch2.0.conv.weight' ? [name, [111, 512, 1, 1]] : [name, shape],
    );
    expect(describeCheckpoint({ tensors: tensorsOf(broken) }).misshapen).toEqual([
      { name: 'inception4b.branch2.0.conv.weight', got: [111, 512, 1, 1], want: [112, 512, 1, 1] },
    ]);
  });

  it('has no variant for what is no GoogLeNet', () => {
    const found = describeCheckpoint({ tensors: tensorsOf([['layer1.0.conv1.weight', [64, 64, 3, 3]]]) });
    expect(found).toMatchObject({ variant: undefined, runnerUp: undefined, likeness: 0, parameters: 0 });
  });

  it('tells transform_input as the metadata have it', () => {
    const tensors = tensorsOf(readStateDict('torchvision'));
    const say = (transform_input: string) =>
      describeCheckpoint({ tensors, metadata: { transform_input } }).transformInput;
    expect([say('true'), say('false')]).toEqual(['on', 'off']);
    expect(() => say('maybe')).toThrow(`weights: metadata 'transform_input': "maybe", want true or false`);
  });
});

describe('loading', () => {
  const weightsOf = (entries: readonly (readonly [string, Shape])[]) =>
    Object.fromEntries(entries.map(([name, shape]) => [name, zeros(shape)]));
  const { backend } = createFakeBackend();

  it('a file that mixes seed and d2l names the other variant', async () => {
    const mixed = readStateDict('seed').map(([name, shape]) => [name.replace(/^6\./, '5.'), shape] as const);
    const error = await loadGoogLeNet({ backend, weights: weightsOf(mixed) }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WeightsError);
    expect(String(error)).toMatchInlineSnapshot(`
      "WeightsError: weights: 4 of 118 tensors do not fit: 2 missing, 2 surplus, want the seed variant with the names of the seed document's PyTorch modules; '5.weight' is a name of the d2l variant (D2L's PyTorch modules)
      name      got        want
      6.weight  missing    [10,1024]
      6.bias    missing    [10]
      5.weight  [10,1024]  none
      5.bias    [10]       none"
    `);
  });

  it('the weights of one as the other is refused', async () => {
    const load = loadGoogLeNet({ backend, variant: 'seed', weights: weightsOf(readStateDict('d2l')) });
    await expect(load).rejects.toThrow(
      "weights: names of D2L's PyTorch modules, want weights of the seed variant; these are for the d2l variant",
    );
  });

  it('lists what does not fit by the names of the file, at most 20 rows of it', async () => {
    const cut = readStateDict('torchvision').slice(60);
    const load = loadGoogLeNet({ backend, weights: weightsOf(cut) });
    const error = await load.then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof WeightsError ? thrown : undefined),
    );
    expect(error?.table?.rows).toContainEqual(['conv1.bn.running_mean', 'missing', '[64]']);
    expect(error?.message.split('\n').length).toBeLessThanOrEqual(23);
    expect(error?.summary.length).toBeLessThan(300);
  });

  it('names a tensor that is not finite as the file does', async () => {
    const weights = weightsOf(readStateDict('seed'));
    weights['1.1.bias'].data[7] = Number.NaN;
    await expect(loadGoogLeNet({ backend, weights })).rejects.toThrow(
      'weights: 1.1.bias: NaN at element 7, want finite values',
    );
    weights['6.bias'].data[0] = Number.POSITIVE_INFINITY;
    await expect(loadGoogLeNet({ backend, weights })).rejects.toThrow(
      'weights: 2 tensors with values that are not finite, want finite values\nname',
    );
  });

  it('transform_input is off unless caller or file say otherwise, and that is told', async () => {
    const weights = weightsOf(readStateDict('torchvision'));
    const silent = await loadGoogLeNet({ backend, weights });
    expect(silent.transformInput).toBe(false);
    expect(silent.assumed.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "transform_input is off, torchvision's default",
        "pictures are 3×224×224, the torchvision variant's size",
        "labels are ImageNet's",
        "pre-processing is the torchvision variant's",
      ]
    `);
    const said = await loadGoogLeNet({ backend, weights, transformInput: true, labels: Array(1000).fill('a') });
    expect(said.transformInput).toBe(true);
    expect(said.graph.nodes.some(({ name }) => name === 'transform')).toBe(true);
    expect(said.assumed.map(({ about }) => about)).toEqual(['input', 'preprocessing']);
    const seed = weightsOf(readStateDict('seed'));
    await expect(loadGoogLeNet({ backend, weights: seed, transformInput: true })).rejects.toThrow(
      'transformInput: true, want false or nothing for the seed variant',
    );
  });

  it('names behind a part that nobody knows are told to be whose they are', async () => {
    const entries = Object.entries(weightsOf(readStateDict('torchvision')));
    const weights = Object.fromEntries(entries.map(([name, one]) => [`student.${name}`, one]));
    await expect(loadGoogLeNet({ backend, weights })).rejects.toThrow(
      "behind 'student.' stand names of torchvision: save them without it, and nothing beside them",
    );
    const beside = {
      ...Object.fromEntries(entries.map(([name, one]) => [`model.${name}`, one])),
      'loss.weight': zeros([10]),
    };
    await expect(loadGoogLeNet({ backend, weights: beside })).rejects.toThrow(
      "behind 'model.' stand names of torchvision",
    );
  });

  it('the shipped weights assume nothing', async () => {
    expect((await loadGoogLeNet({ backend })).assumed).toEqual([]);
  });
});

it('widths come from the weights, whatever they are', () => {
  const layers = Object.keys(paperWidths);
  const width = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(
      fc.constantFrom(...variantNames),
      fc.array(width, { minLength: layers.length, maxLength: layers.length }),
      (variant, list) => {
        const auxiliary = styleOf(variant).auxiliary !== undefined;
        const widths = Object.fromEntries(layers.map((layer, index) => [layer, list[index]]));
        const parameters = nodesOf(buildGoogLeNet(variant, { widths, auxiliary }), 'parameter');
        const shapes = new Map(parameters.map(({ name, attributes }) => [name, attributes.shape]));
        const own = Object.entries(widths).filter(([layer]) => auxiliary || !layer.startsWith('aux'));
        expect(widthsOf(shapes)).toEqual(Object.fromEntries(own));
      },
    ),
    { numRuns: 20 },
  );
});

it('names go back to the source that they came from', () => {
  const weights = { 'conv1.conv.weight': zeros([1]), 'inception3a.branch2.reduce.bn.mean': zeros([1]) };
  expect(Object.keys(nameAsSource('torchvision', weights).weights)).toEqual([
    'conv1.conv.weight',
    'inception3a.branch2.0.bn.running_mean',
  ]);
  expect(Object.keys(nameAsSource('d2l', { 'conv3.bias': zeros([1]), 'fc.bias': zeros([1]) }).weights)).toEqual([
    '1.2.bias',
    '5.bias',
  ]);
  expect(() => nameAsSource('seed', { 'norm.scale': zeros([1]) })).toThrow(
    "weights: 'norm.scale', want parameters of the seed variant, by our names",
  );
});

it('metadata read what was written', () => {
  const text = fc.string();
  const facts = fc.record(
    {
      variant: text,
      labels: fc.array(text),
      input: fc.tuple(fc.nat(9), fc.nat(999), fc.nat(999)),
      transformInput: fc.boolean(),
      preprocessing: text,
      licence: text,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(facts, (given) => {
      expect(readMetadata(writeMetadata(given), 'weights')).toEqual(given);
    }),
  );
});
