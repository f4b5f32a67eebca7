import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/index.js';
import { toGarment } from '../src/preprocess/garment.js';
import { greyPlane } from '../src/preprocess/plane.js';
import { preprocess } from '../src/preprocess/preprocess.js';
import { garmentBytes, greyPixels, noise, type Photo, photograph } from './first8.js';

const indices = [0, 1, 2, 3, 4, 5, 6, 7];

function garmentOf(pixels: Pixels): Float32Array {
  return toGarment(pixels, 'picture').data;
}

/** Mean difference to the original in [0, 1], at the best of the nine places one pixel around: cropping may shift by one. */
function differenceTo(index: number, found: Float32Array): number {
  const original = garmentBytes(index);
  const shifts = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy]));
  const differences = shifts.map(([dx, dy]) => {
    let sum = 0;
    for (let y = 1; y < 27; y++) {
      for (let x = 1; x < 27; x++) sum += Math.abs(original[28 * y + x] / 255 - found[28 * (y + dy) + x + dx]);
    }
    return sum / (26 * 26);
  });
  return Math.min(...differences);
}

describe('a 28×28 picture', () => {
  it('light on dark is taken as it is', () => {
    for (const index of indices) {
      const bytes = garmentBytes(index);
      const found = garmentOf(greyPixels(28, 28, (x, y) => bytes[28 * y + x]));
      expect(found).toEqual(Float32Array.from(bytes, (value) => value / 255));
    }
  });

  it('dark on light is negated', () => {
    const bytes = garmentBytes(3);
    const found = garmentOf(greyPixels(28, 28, (x, y) => 255 - bytes[28 * y + x]));
    expect(found).toEqual(Float32Array.from(bytes, (value) => value / 255));
  });
});

describe('a photo leads back to the original', () => {
  const photos: Record<string, Photo> = {
    'before plain paper': { width: 300, height: 300, scale: 8 },
    'filling the picture': { width: 224, height: 224, scale: 8 },
    'in a corner of a wide picture': { width: 640, height: 320, scale: 6, corner: [430, 20] },
    'with noise': { width: 300, height: 400, scale: 9, paper: 240, add: (x, y) => 8 * noise(x, y) },
    'in dim light': { width: 300, height: 300, scale: 8, paper: 150 },
    'in light from one side': { width: 300, height: 300, scale: 8, paper: 215, add: (x) => x / 8 },
    'with dust': {
      width: 300,
      height: 300,
      scale: 6,
      add: (x, y) => (x % 140 < 3 && y % 140 < 3 ? -200 : 0),
    },
    'with dark corners': {
      width: 300,
      height: 300,
      scale: 8,
      add: (x, y) => -25 * ((x / 150 - 1) ** 2 + (y / 150 - 1) ** 2) ** 2 * 0.25,
    },
    'with a soft shadow below': {
      width: 320,
      height: 320,
      scale: 7,
      add: (x, y) => -18 * Math.exp(-(((x - 160) / 90) ** 2) - ((y - 262) / 14) ** 2),
    },
    'at its own size on a larger sheet': { width: 50, height: 41, scale: 1, corner: [9, 6] },
  };

  it.each(Object.entries(photos))('%s', (_, photo) => {
    const differences = indices.map((index) => differenceTo(index, garmentOf(photograph(index, photo))));
    // A garment that is negated wrongly, or cropped to half, is 0.2 and more away; fine texture is lost on the way.
    expect(differences.reduce((sum, difference) => sum + difference / differences.length, 0)).toBeLessThan(0.065);
    expect(Math.max(...differences)).toBeLessThan(0.1);
  });

  it('before a dark wall', () => {
    const negative = photograph(2, { width: 300, height: 260, scale: 8, paper: 240 });
    const dark = { ...negative, data: negative.data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) };
    expect(differenceTo(2, garmentOf(dark))).toBeLessThan(0.05);
  });

  it('in colour, by luma', () => {
    const { data, ...size } = photograph(2, { width: 300, height: 300, scale: 8 });
    const red = data.map((value, i) => (i % 4 === 0 ? 255 - (255 - value) * 0.8 : value));
    expect(differenceTo(2, garmentOf({ ...size, data: red }))).toBeLessThan(0.05);
    const [plane] = [
      greyPlane({ data: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255), width: 3, height: 1 }),
    ];
    expect([...plane.data].map((value) => Math.round(value * 100) / 100)).toEqual([54.21, 182.38, 18.41]);
  });

  it.each([0.3, 0.1, 0.05, 0.03, 0.02])('with a contrast of %d: an off-white shirt on white', (contrast) => {
    const whole = photograph(0, { width: 300, height: 300, scale: 8, paper: 255 });
    const faint = whole.data.map((value, i) => (i % 4 === 3 ? 255 : Math.round(255 - contrast * (255 - value))));
    const found = garmentOf({ ...whole, data: faint });
    const peak = Math.max(...garmentBytes(0)) / 255;
    // Brought to a peak of 0.6, and in steps of a level.
    expect(
      differenceTo(
        0,
        found.map((value) => (value * peak) / 0.6),
      ),
    ).toBeLessThan(0.08);
  });

  it('told from its background by colour alone', () => {
    const whole = photograph(2, { width: 300, height: 300, scale: 8, paper: 255 });
    const data = whole.data.map((value, i) => [value, 255 - (value * 0.2126) / 0.7152, 0, 255][i % 4]);
    expect(differenceTo(2, garmentOf({ ...whole, data }))).toBeLessThan(0.065);
  });

  it('framed by nothing', () => {
    const inner = photograph(2, { width: 300, height: 300, scale: 8, paper: 200 });
    const data = new Uint8Array(4 * 400 * 300);
    for (let y = 0; y < 300; y++) data.set(inner.data.subarray(1200 * y, 1200 * (y + 1)), 4 * (400 * y + 50));
    expect(garmentOf({ data, width: 400, height: 300 })).toEqual(garmentOf(inner));
  });

  it.each([10, 120, 140, 250])('cut out, in a colour of level %d', (level) => {
    const whole = photograph(2, { width: 300, height: 300, scale: 8, paper: 255 });
    const data = whole.data.map((_, i) => (i % 4 === 3 ? 255 - whole.data[i - 1] : level));
    // Where the garment is, whatever its colour: the opacity was made from the original.
    const found = garmentOf({ ...whole, data });
    const most = Math.max(...found);
    expect(most).toBeGreaterThan(0.45);
    const peak = Math.max(...garmentBytes(2)) / 255;
    expect(
      differenceTo(
        2,
        found.map((value) => (value * peak) / most),
      ),
    ).toBeLessThan(0.065);
  });

  it('cut out as a rectangle', () => {
    const data = new Uint8Array(4 * 100 * 100);
    for (let i = 0; i < 10_000; i++)
      if (i % 100 >= 20 && i % 100 < 80 && i >= 3000 && i < 8000) data.set([90, 60, 20, 255], 4 * i);
    const found = garmentOf({ data, width: 100, height: 100 });
    expect(found.filter((value) => value > 0.5)).toHaveLength(28 * 23);
  });

  it('cut out: what is transparent is white', () => {
    const pixels = photograph(2, { width: 300, height: 300, scale: 8, paper: 255 });
    const cut = pixels.data.map((value, i) => {
      const isPaper = pixels.data[i - (i % 4)] > 250;
      return isPaper ? 0 : value;
    });
    expect(differenceTo(2, garmentOf({ ...pixels, data: cut }))).toBeLessThan(0.05);
  });
});

describe('pictures without content', () => {
  it.each([
    ['one pixel', greyPixels(1, 1, () => 77)],
    ['white', greyPixels(120, 80, () => 255)],
    ['black, 28×28', greyPixels(28, 28, () => 0)],
    ['grey with noise', greyPixels(200, 200, (x, y) => 128 + 2 * noise(x, y))],
  ])('are refused: %s', async (_, pixels) => {
    await expect(
      preprocess(pixels, { variant: 'seed', input: [1, 96, 96] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: picture: a picture of one colour, want a garment before a plain background; there is no content to classify]`,
    );
  });
});

describe('pictures without a garment that stands out', () => {
  it.each([
    ['noise', greyPixels(200, 200, (x, y) => 128 + 127 * noise(x, y))],
    ['a chessboard', greyPixels(256, 256, (x, y) => ((Math.floor(x / 32) + Math.floor(y / 32)) % 2) * 255)],
    ['stripes', greyPixels(256, 256, (x) => (Math.floor(x / 16) % 2) * 255)],
  ])('are not called one colour: %s', async (_, pixels) => {
    await expect(
      preprocess(pixels, { variant: 'seed', input: [1, 96, 96] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: picture: nothing that stands out from its background, want a garment before a plain background; take it before something even, or cut it out]`,
    );
  });

  it('are told when there is nothing opaque', async () => {
    const pixels = {
      data: new Uint8Array(400).fill(9).map((value, i) => (i % 4 === 3 ? 0 : value)),
      width: 10,
      height: 10,
    };
    await expect(
      preprocess(pixels, { variant: 'seed', input: [1, 96, 96] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InputError: picture: a picture with nothing but transparent pixels, want a garment before a plain background; there is no content to classify]`,
    );
  });
});

describe('the tensor', () => {
  it('has the size that is asked for, in [0, 1]', async () => {
    const pixels = photograph(2, { width: 90, height: 70, scale: 2 });
    const { shape, data } = await preprocess(pixels, { variant: 'seed', input: [1, 64, 80] });
    expect(shape).toEqual([1, 64, 80]);
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBeGreaterThan(0.7);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
  });
});
