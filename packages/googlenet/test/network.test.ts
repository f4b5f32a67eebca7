import { bindWeights, countElements, inferConcreteShapes, nodesOf, ShapeError } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildGoogLeNet,
  constantsOf,
  parseVariant,
  styleOf,
  summariseNetwork,
  type Variant,
  variantNames,
} from '../src/network/index.js';

const stageNames = ['conv1', 'pool1', 'conv2', 'conv3', 'pool2', 'inception3a', 'inception3b', 'pool3'].concat(
  ['4a', '4b', '4c', '4d', '4e'].map((block) => `inception${block}`),
  ['pool4', 'inception5a', 'inception5b', 'pool5', 'flatten', 'fc'],
);

function shapesAt(variant: Variant, picture: number[]) {
  const shapes = inferConcreteShapes(buildGoogLeNet(variant), { picture });
  return (name: string) => shapes.get(name);
}

describe('shapes', () => {
  it('of the seed network at 224×224 are the published ones', () => {
    const shape = shapesAt('seed', [1, 1, 224, 224]);
    expect(Object.fromEntries(stageNames.map((name) => [name, shape(name)?.join('×')]))).toMatchInlineSnapshot(`
      {
        "conv1": "1×64×112×112",
        "conv2": "1×64×56×56",
        "conv3": "1×192×56×56",
        "fc": "1×10",
        "flatten": "1×1024",
        "inception3a": "1×256×28×28",
        "inception3b": "1×480×28×28",
        "inception4a": "1×512×14×14",
        "inception4b": "1×512×14×14",
        "inception4c": "1×512×14×14",
        "inception4d": "1×528×14×14",
        "inception4e": "1×832×14×14",
        "inception5a": "1×832×7×7",
        "inception5b": "1×1024×7×7",
        "pool1": "1×64×56×56",
        "pool2": "1×192×28×28",
        "pool3": "1×480×14×14",
        "pool4": "1×832×7×7",
        "pool5": "1×1024×1×1",
      }
    `);
  });

  it('of batch 3 and other sizes follow from the windows', () => {
    const shape = shapesAt('seed', [3, 1, 96, 96]);
    expect(shape('pool4')).toEqual([3, 832, 3, 3]);
    const wide = shapesAt('seed', [2, 1, 97, 150]);
    expect(wide('conv1')).toEqual([2, 64, 49, 75]);
    expect(wide('pool1')).toEqual([2, 64, 25, 38]);
    expect(wide('pool4')).toEqual([2, 832, 4, 5]);
    expect(wide('fc')).toEqual([2, 10]);
  });

  it('of bvlc and torchvision at 224×224', () => {
    const bvlc = shapesAt('bvlc', [1, 3, 224, 224]);
    expect(bvlc('norm1')).toEqual([1, 64, 56, 56]);
    expect(bvlc('norm2')).toEqual([1, 192, 56, 56]);
    expect(bvlc('pool4')).toEqual([1, 832, 7, 7]);
    expect(bvlc('softmax')).toEqual([1, 1000]);
    const torchvision = shapesAt('torchvision', [1, 3, 224, 224]);
    expect(torchvision('pool3')).toEqual([1, 480, 14, 14]);
    expect(torchvision('pool4')).toEqual([1, 832, 7, 7]);
    expect(torchvision('fc')).toEqual([1, 1000]);
    expect(torchvision('softmax')).toBeUndefined();
  });

  it('exist for any batch and any size from 48 up', () => {
    const graphs = {
      seed: buildGoogLeNet('seed'),
      bvlc: buildGoogLeNet('bvlc'),
      torchvision: buildGoogLeNet('torchvision'),
      d2l: buildGoogLeNet('d2l'),
    };
    const size = fc.integer({ min: 48, max: 300 });
    fc.assert(
      fc.property(
        fc.constantFrom(...variantNames),
        fc.integer({ min: 1, max: 5 }),
        size,
        size,
        (variant, batch, h, w) => {
          const picture = [batch, styleOf(variant).input[0], h, w];
          expect(inferConcreteShapes(graphs[variant], { picture }).get('pool5')).toEqual([batch, 1024, 1, 1]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of a picture with other channels do not', () => {
    expect(() => shapesAt('seed', [1, 3, 224, 224])).toThrow(ShapeError);
  });
});

describe('costs', () => {
  it.each([
    ['seed', [1, 224, 224], 5_977_530, 1_502_982_144],
    ['bvlc', [3, 224, 224], 6_998_552, 1_582_671_872],
    ['torchvision', [3, 224, 224], 6_624_904, 1_498_376_192],
    ['d2l', [1, 224, 224], 5_977_530, 1_502_982_144],
  ] as const)('of %s are the published ones', (variant, input, parameters, multiplyAdds) => {
    const summary = summariseNetwork(buildGoogLeNet(variant), input);
    expect(summary.parameters).toBe(parameters);
    expect(summary.multiplyAdds).toBe(multiplyAdds);
  });

  it('add up over the layers', () => {
    const { layers, parameters } = summariseNetwork(buildGoogLeNet('torchvision'), [3, 224, 224]);
    expect(layers.find(({ name }) => name === 'conv1.bn')?.parameters).toBe(2 * 64);
    expect(layers.find(({ name }) => name === 'transform')?.parameters).toBe(0);
    expect(layers.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(parameters);
  });
});

describe('structure', () => {
  it('the seed network has no relu after conv2 and conv3, and one between pool and convolution of branch 4', () => {
    const { nodes } = buildGoogLeNet('seed');
    const op = (name: string) => nodes.find((node) => node.name === name)?.op;
    expect([op('conv1'), op('conv2'), op('conv3')]).toEqual(['relu', 'conv2d', 'conv2d']);
    const names = ['inception5b.branch4.pool', 'inception5b.branch4.relu', 'inception5b.branch4.conv'];
    expect(names.map(op)).toEqual(['maxPool2d', 'relu', 'conv2d']);
    expect(nodes.some((node) => node.op === 'lrn' || node.op === 'softmax' || node.op === 'batchNorm')).toBe(false);
  });

  it('takes another number of classes and another size to expect', () => {
    const graph = buildGoogLeNet('seed', { classes: 3, input: [1, 96, 80] });
    expect(nodesOf(graph, 'input')[0].attributes.typical).toEqual([1, 1, 96, 80]);
    const shapes = inferConcreteShapes(graph, { picture: [1, 1, 96, 80] });
    expect(shapes.get('fc')).toEqual([1, 3]);
  });

  it('needs the constants that are not learned', () => {
    const graph = buildGoogLeNet('torchvision');
    const zeros = Object.fromEntries(
      nodesOf(graph, 'parameter')
        .filter(({ name }) => !name.startsWith('transform.'))
        .map(({ name, attributes: { shape } }) => [
          name,
          { shape, dtype: 'float32' as const, data: new Float32Array(countElements(shape)) },
        ]),
    );
    expect(() => bindWeights(graph, zeros)).toThrow(/transform\.scale +missing/);
    const bound = bindWeights(graph, { ...zeros, ...constantsOf('torchvision') });
    expect([...bound['transform.scale'].data]).toEqual([0.229, 0.224, 0.225].map((std) => Math.fround(std / 0.5)));
  });

  it('names sizes and channels that it cannot build', () => {
    expect(() => parseVariant('v4')).toThrowErrorMatchingInlineSnapshot(
      `[InputError: variant: 'v4', want seed, bvlc, torchvision, d2l]`,
    );
    expect(() => buildGoogLeNet('seed', { input: [224, 224] })).toThrowErrorMatchingInlineSnapshot(
      `[InputError: input: [224,224], want [channels, height, width], each at least 1]`,
    );
    expect(() => buildGoogLeNet('torchvision', { input: [1, 224, 224] })).toThrowErrorMatchingInlineSnapshot(
      `[InputError: input: 1 channels, want 3, as the variant has]`,
    );
  });
});
