import { type Tensor, tensor } from '@strata/core';
import { describe, expect, it } from 'vitest';
import {
  assumedPreprocessing,
  defaultPreprocessing,
  describePreprocessing,
  loadGoogLeNet,
  type Pixels,
  type PreprocessContext,
  preprocess,
  resolvePreprocessing,
} from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';
import { complaintOf } from './support/complaint.js';
import { zeros } from './support/small-models.js';

/** One colour, so that its values are known whatever the size. */
function paint(red: number, green: number, blue: number): Pixels {
  const data = new Uint8Array(4 * 40 * 30);
  for (let i = 0; i < 40 * 30; i++) data.set([red, green, blue, 255], 4 * i);
  return { data, width: 40, height: 30 };
}

const orange = paint(200, 100, 50);

/** The one value of each channel, to five digits. */
async function valuesOf(context: PreprocessContext, picture = orange): Promise<number[]> {
  const made: Tensor = await preprocess(picture, context);
  const [channels, height, width] = made.shape;
  const size = height * width;
  return Array.from({ length: channels }, (_, channel) => Number(made.data[channel * size + size - 1].toPrecision(5)));
}

const torchvision = { variant: 'torchvision', input: [3, 20, 24] } as const;
const bvlc = { variant: 'bvlc', input: [3, 20, 24] } as const;

describe('what makes numbers of a picture', () => {
  it('is as the variant has it, where nobody says otherwise', async () => {
    expect(await valuesOf(torchvision)).toEqual([1.307, -0.28501, -0.93298].map((v) => expect.closeTo(v, 3)));
    expect(await valuesOf(bvlc)).toEqual([50 - 104, 100 - 117, 200 - 123]);
    expect(await valuesOf({ variant: 'seed', input: [3, 20, 24] })).toEqual([0.78431, 0.39216, 0.19608]);
  });

  it('may be said in any part', async () => {
    expect(await valuesOf({ ...torchvision, mean: [0, 0, 0], std: [1, 2, 4] })).toEqual([0.78431, 0.19608, 0.04902]);
    expect(await valuesOf({ ...torchvision, scale: 1 })).toEqual([200, 100, 50]);
    expect(await valuesOf({ ...torchvision, scale: 2 / 255, mean: [1, 1, 1] })).toEqual([0.56863, -0.21569, -0.60784]);
    expect(await valuesOf({ ...bvlc, mean: [1, 2, 3] })).toEqual([49, 98, 197]);
    expect(await valuesOf({ ...bvlc, std: [2, 2, 2] })).toEqual([-27, -8.5, 38.5]);
  });

  it('keeps to its colours when their order is another', async () => {
    expect(await valuesOf({ ...bvlc, channels: 'rgb' })).toEqual([200 - 123, 100 - 117, 50 - 104]);
    const [red, green, blue] = await valuesOf(torchvision);
    expect(await valuesOf({ ...torchvision, channels: 'bgr' })).toEqual([blue, green, red]);
    // What is given is in the order that is given.
    expect(await valuesOf({ ...bvlc, channels: 'rgb', mean: [200, 100, 50] })).toEqual([0, 0, 0]);
  });

  it('is grey for one channel: the luma of television', async () => {
    // 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
    const grey = { ...torchvision, input: [1, 20, 24] };
    expect(await valuesOf({ ...grey, scale: 1 })).toEqual([124]);
    expect(await valuesOf(grey)).toEqual([expect.closeTo((124 / 255 - 0.459) / 0.226, 4)]);
    expect(await valuesOf({ ...bvlc, input: [1, 20, 24] })).toEqual([expect.closeTo(124 - 117.31, 4)]);
    expect(await valuesOf({ variant: 'seed', input: [1, 20, 24], resize: 'torchvision' })).toEqual([0.48627]);
  });

  it('is for garments, too', async () => {
    const shoe = paint(255, 255, 255);
    for (let i = 400; i < 800; i++) shoe.data.set([0, 0, 0, 255], 4 * i);
    const seed = { variant: 'seed', input: [1, 28, 28] } as const;
    const plain = await preprocess(shoe, seed);
    const other = await preprocess(shoe, { ...seed, mean: [0.5], std: [0.25] });
    expect(Array.from(other.data)).toEqual(Array.from(plain.data, (v) => expect.closeTo((v - 0.5) / 0.25, 5)));
    expect(Math.max(...plain.data)).toBeGreaterThan(0.9);
  });

  it.each([
    [torchvision, { mean: [0.5] }, 'mean: [0.5], want 3 finite numbers, one a channel'],
    [torchvision, { mean: [0, 0, Number.NaN] }, 'mean: [0,0,NaN], want 3 finite numbers, one a channel'],
    [torchvision, { std: [1, 0, 1] }, 'std: [1,0,1], want 3 finite numbers, one a channel, none of them 0'],
    [
      { ...torchvision, input: [1, 20, 24] },
      { std: [1, 1, 1] },
      'std: [1,1,1], want one finite number, for one channel, none of them 0',
    ],
    [torchvision, { scale: 0 }, 'scale: 0, want a finite number other than 0'],
    [torchvision, { scale: Number.POSITIVE_INFINITY }, 'scale: Infinity, want a finite number other than 0'],
    [torchvision, { channels: 'grey' as const }, "channels: 'grey' for a network of 3, want 'rgb' or 'bgr'"],
    [
      { ...torchvision, input: [1, 20, 24] },
      { channels: 'bgr' as const },
      "channels: 'bgr' for a network of 1, want 'grey'",
    ],
    [torchvision, { resize: 'garment' as const }, "resize: 'garment' for 'rgb', want channels 'grey'"],
    [torchvision, JSON.parse('{"channels":"RGB"}'), "channels: 'RGB', want grey, rgb, bgr"],
    [torchvision, JSON.parse('{"resize":7}'), 'resize: 7, want torchvision, caffe, whole, garment'],
    [torchvision, JSON.parse('{"mean":0.5}'), 'mean: 0.5, want 3 finite numbers, one a channel'],
  ])('is refused by name where it is wrong: %j %j', async (context, options, message) => {
    expect(await complaintOf(preprocess(orange, { ...context, ...options }))).toBe(`InputError: ${message}`);
  });
});

describe("the weights' metadata", () => {
  const said = { channels: 'bgr', resize: 'whole', scale: 0.5, mean: [1, 2, 3], std: [4, 5, 6] } as const;
  const metadata = { preprocessing: JSON.stringify(said) };

  it('says it, and the caller may say otherwise', () => {
    expect(resolvePreprocessing('torchvision', 3, {}, metadata)).toEqual(said);
    expect(resolvePreprocessing('torchvision', 3, { channels: 'rgb', std: [7, 8, 9] }, metadata)).toEqual({
      ...said,
      channels: 'rgb',
      mean: [3, 2, 1],
      std: [7, 8, 9],
    });
  });

  it('carries what a variant has, and gives it back', () => {
    for (const [variant, channels] of [
      ['seed', 1],
      ['bvlc', 3],
      ['torchvision', 1],
    ] as const) {
      const own = defaultPreprocessing(variant, channels);
      expect(resolvePreprocessing('seed', channels, {}, { preprocessing: JSON.stringify(own) })).toEqual(own);
    }
    expect(defaultPreprocessing('bvlc', 4)).toBeUndefined();
  });

  it.each([
    [
      'no',
      "WeightsError: weights: metadata 'preprocessing': 'no', want a JSON object of channels, resize, scale, mean, std",
    ],
    [
      '[1]',
      "WeightsError: weights: metadata 'preprocessing': '[1]', want a JSON object of channels, resize, scale, mean, std",
    ],
    [
      '{"channels":"rgb"}',
      "WeightsError: weights: metadata 'preprocessing': resize: undefined, want torchvision, caffe, whole, garment",
    ],
    [
      JSON.stringify({ ...said, std: [1, 0, 1] }),
      "WeightsError: weights: metadata 'preprocessing': std: [1,0,1], want 3 finite numbers, one a channel, none of them 0",
    ],
    [
      JSON.stringify({ ...said, channels: 'grey', mean: [0], std: [1] }),
      "InputError: input: 3 channels, want 1, as the weights' metadata 'preprocessing' says",
    ],
  ])('that is wrong is told: %s', async (preprocessing, message) => {
    const work = Promise.resolve().then(() => resolvePreprocessing('torchvision', 3, {}, { preprocessing }));
    expect(await complaintOf(work)).toBe(message);
  });

  it('without it, what neither says is assumed, and can be told', () => {
    expect(assumedPreprocessing({}, metadata)).toEqual([]);
    expect(assumedPreprocessing({ mean: [1], scale: 2 }, {})).toEqual(['channels', 'resize', 'std']);
    expect(describePreprocessing(said)).toBe('bgr, resized as a whole, (pixel · 0.5 − 1 2 3) / 4 5 6');
  });
});

describe('a network', () => {
  const load = (options: Partial<Parameters<typeof loadGoogLeNet>[0]>) => {
    const { backend, runs } = createFakeBackend();
    const net = loadGoogLeNet({ backend, variant: 'bvlc', weights: zeros('bvlc'), input: [3, 32, 32], ...options });
    return { net, runs };
  };

  it('says how it takes pictures, and does so', async () => {
    const mean = [1, 2, 3];
    const { net, runs } = load({ mean, channels: 'rgb' });
    mean[0] = 9;
    const loaded = await net;
    expect(loaded.preprocessing).toEqual({
      channels: 'rgb',
      resize: 'caffe',
      scale: 1,
      mean: [1, 2, 3],
      std: [1, 1, 1],
    });
    await loaded.features(orange, ['conv1']);
    expect(runs.length).toBeGreaterThan(0);
  });

  it('refuses what is wrong while it is loaded', async () => {
    expect(await complaintOf(load({ std: [0, 1, 1] }).net)).toBe(
      'InputError: std: [0,1,1], want 3 finite numbers, one a channel, none of them 0',
    );
  });

  it("has ImageNet's labels where nobody says others", async () => {
    const { labels } = await load({}).net;
    expect([labels.length, new Set(labels).size]).toEqual([1000, 1000]);
    expect([labels[0], labels[207], labels[281], labels[999]]).toEqual([
      'tench',
      'golden retriever',
      'tabby',
      'toilet tissue',
    ]);
    expect((await load({ labels: labels.toReversed() }).net).labels[999]).toBe('tench');
    const seed = await load({ variant: 'seed', weights: zeros('seed'), input: [1, 32, 32] }).net;
    expect(seed.labels[3]).toBe('class 3');
  });

  it('gives the mean of ten crops', async () => {
    // 55 is 256/224 of 48, so this picture is cropped only. The fake backend gives the class of a crop's second blue level
    // its first one.
    const blue = (x: number, y: number) => (5 * x + 3 * y) % 256;
    const data = new Uint8Array(4 * 55 * 55).fill(255);
    for (let i = 0; i < 55 * 55; i++) data[4 * i + 2] = blue(i % 55, Math.floor(i / 55));
    const picture = { data, width: 55, height: 55 };
    const want = new Float64Array(1000);
    for (const [left, top] of [
      [3, 3],
      [0, 0],
      [7, 0],
      [0, 7],
      [7, 7],
    ]) {
      want[blue(left + 1, top)] += blue(left, top) / 10;
      want[blue(left + 46, top)] += blue(left + 47, top) / 10;
    }
    const { net, runs } = load({ mean: [0, 0, 0], input: [3, 48, 48] });
    const loaded = await net;
    const both = await loaded.classify([picture, orange, picture], { top: 1000, crops: 10, batch: 25 });
    expect(runs.map(([batch]) => batch)).toEqual([20, 10]);
    for (const predictions of [both[0], both[2], await loaded.classify(picture, { top: 1000, crops: 10 })]) {
      const made = new Float64Array(1000);
      for (const { index, probability } of predictions) made[index] = probability;
      expect(Array.from(made)).toEqual(Array.from(want, (value) => expect.closeTo(value, 4)));
    }
    expect((await loaded.classify(picture, { crops: 1 }))[0]).toMatchObject({
      index: blue(4, 3),
      probability: blue(3, 3),
    });
  });

  it('takes no crops where there are none', async () => {
    const loaded = await load({}).net;
    for (const crops of [0, 5, 11]) {
      expect(await complaintOf(loaded.classify(orange, JSON.parse(`{"crops":${crops}}`)))).toBe(
        `InputError: crops: ${crops}, want 1 or 10`,
      );
    }
    const picture = tensor([3, 32, 32], new Float32Array(3 * 32 * 32));
    expect(await complaintOf(loaded.classify(picture, { crops: 10 }))).toBe(
      'InputError: picture: a tensor for ten crops, want a picture; tensors are taken as they are',
    );
    const whole = await load({ resize: 'whole' }).net;
    expect(await complaintOf(whole.classify(orange, { crops: 10 }))).toBe(
      "InputError: crops: 10 for pictures that are not cropped (resize 'whole'), want 1, or resize 'torchvision' or 'caffe'",
    );
  });
});
