import { describe, expect, it } from 'vitest';
import { centreBox, coverSize } from '../src/preprocess/imagenet.js';
import { preprocess } from '../src/preprocess/preprocess.js';

describe('ImageNet pre-processing', () => {
  const colours = { data: new Uint8Array(4 * 100 * 60), width: 100, height: 60 };
  for (let i = 0; i < 6000; i++) colours.data.set([255, 128, 0, 255], 4 * i);

  it('of torchvision', async () => {
    const { shape, data } = await preprocess(colours, { variant: 'torchvision', input: [3, 224, 224] });
    expect(shape).toEqual([3, 224, 224]);
    expect(data[0]).toBeCloseTo((1 - 0.485) / 0.229, 4);
    expect(data[224 * 224]).toBeCloseTo((128 / 255 - 0.456) / 0.224, 4);
    expect(data[2 * 224 * 224 + 99]).toBeCloseTo((0 - 0.406) / 0.225, 4);
  });

  it('of bvlc: blue first', async () => {
    const { data } = await preprocess(colours, { variant: 'bvlc', input: [3, 64, 48] });
    expect(data).toHaveLength(3 * 64 * 48);
    for (const [channel, want] of [0 - 104, 128 - 117, 255 - 123].entries()) {
      expect(data[channel * 64 * 48 + 5]).toBeCloseTo(want, 3);
    }
  });

  it('rounds halves to even, as torchvision does', async () => {
    // Columns and where the crop starts: (columns − 224) / 2, halves to the even neighbour.
    for (const [columns, start] of [
      [341, 58],
      [343, 60],
      [340, 58],
      [337, 56],
    ]) {
      const size = { width: columns, height: 256 };
      expect(centreBox(size, 224, 224)).toEqual({ left: start, top: 16, right: start + 224, bottom: 240 });
    }
    // Resize(256) of 3:2 and 2:3: int(256 · 300 / 200), int(256 · 1000 / 600).
    expect(coverSize({ width: 300, height: 200 }, 256, 256)).toEqual({ width: 384, height: 256 });
    expect(coverSize({ width: 600, height: 1000 }, 256, 256)).toEqual({ width: 256, height: 426 });
    const picture = { data: new Uint8Array(4 * 341 * 256).fill(255), width: 341, height: 256 };
    for (let i = 0; i < 341 * 256; i++) picture.data[4 * i] = Math.min(i % 341, 255);
    const { data } = await preprocess(picture, { variant: 'torchvision', input: [3, 224, 224] });
    expect(Math.round((data[0] * 0.229 + 0.485) * 255)).toBe(58);
  });

  it('takes a very thin picture', async () => {
    const thin = { data: new Uint8Array(4 * 5000).fill(100), width: 1, height: 5000 };
    expect((await preprocess(thin, { variant: 'torchvision', input: [3, 224, 224] })).shape).toEqual([3, 224, 224]);
  });

  it('takes the middle', async () => {
    // 512×256, columns count up: the shorter side is 256 already, so columns (512 − 224) / 2 = 144 to 367 are left.
    const wide = { data: new Uint8Array(4 * 512 * 256).fill(255), width: 512, height: 256 };
    for (let i = 0; i < 512 * 256; i++) wide.data[4 * i] = (i % 512) / 2;
    const { data } = await preprocess(wide, { variant: 'torchvision', input: [3, 224, 224], scale: 1 });
    expect(data[0]).toBe(72);
    expect(data[223]).toBe(183);
    // Caffe takes no notice of proportions: two columns become one, and 16 of 256 are left out at each side.
    const squeezed = await preprocess(wide, { variant: 'bvlc', input: [3, 224, 224] });
    const red = squeezed.data.subarray(2 * 224 * 224).map((value) => value + 123);
    expect(red[0]).toBeCloseTo(16, 3);
    expect(red[223]).toBeCloseTo(239, 3);
  });
});
