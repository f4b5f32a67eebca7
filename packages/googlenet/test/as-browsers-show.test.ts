import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { showAsBrowsers } from '../src/host/as-browsers-show.js';
import { fromCmyk, toRgba } from '../src/host/rgba.js';
import { loadPixels } from '../src/preprocess/picture.js';
import { bandRows, mostWhole } from '../src/preprocess/shrink.js';

describe('a GIF whose first frame is smaller than the picture', () => {
  const screen = [...Buffer.from('GIF89a'), 5, 0, 4, 0, 0, 0, 0];
  const extension = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const frame = [0x2c, 2, 0, 1, 0, 2, 0, 2, 0, 0];

  it.each([
    ['', []],
    [' behind an extension', extension],
  ])('is transparent around it%s', (_, before) => {
    const pixels = { data: new Uint8Array(4 * 5 * 4).fill(9), width: 5, height: 4 };
    const { data } = showAsBrowsers(pixels, Uint8Array.from([...screen, ...before, ...frame]), 'gif');
    const opaque = Array.from({ length: 20 }, (_, i) => i).filter((i) => data[4 * i + 3] === 9);
    expect(opaque).toEqual([7, 8, 12, 13]);
    expect(data.filter((value) => value === 9)).toHaveLength(16);
  });
});

describe('a PNG that names its gamma', () => {
  const chunk = (type: string, ...bytes: number[]) => [
    0,
    0,
    0,
    bytes.length,
    ...Buffer.from(type),
    ...bytes,
    0,
    0,
    0,
    0,
  ];
  const gamma = (value: number) => chunk('gAMA', 0, value >> 16, (value >> 8) & 255, value & 255);
  const start = [0x89, ...Buffer.from('PNG'), 13, 10, 26, 10, ...chunk('IHDR')];
  const show = (...file: number[]) => [
    ...showAsBrowsers({ data: Uint8Array.of(0, 55, 255, 77), width: 1, height: 1 }, Uint8Array.from(file), 'png').data,
  ];

  it('is shown in sRGB: linear light becomes lighter, what is lighter than sRGB darker', () => {
    // 55 of 255 is 0.2157 of the light; sRGB has 1.055 · 0.2157^(1 / 2.4) − 0.055 = 0.5019 for it.
    expect(show(...start, ...gamma(100_000))).toEqual([0, 128, 255, 77]);
    // 0.2157^(1 / 0.3) = 0.00601, of which sRGB makes 0.0701.
    expect(show(...start, ...gamma(30_000))).toEqual([0, 18, 255, 77]);
  });

  it('stays as it is near the gamma of sRGB, behind the pixels, and where a profile says more', () => {
    for (const rest of [
      gamma(45_455),
      [...chunk('IDAT'), ...gamma(100_000)],
      [...chunk('sRGB', 0), ...gamma(100_000)],
      [...gamma(100_000), ...chunk('iCCP')],
    ]) {
      expect(show(...start, ...rest)).toEqual([0, 55, 255, 77]);
    }
  });
});

describe('channels', () => {
  it('of grey, grey with opacity, RGB and RGBA become RGBA', () => {
    expect([...toRgba(Uint8Array.of(1, 2), 1)]).toEqual([1, 1, 1, 255, 2, 2, 2, 255]);
    expect([...toRgba(Uint8Array.of(1, 30, 2, 40), 2)]).toEqual([1, 1, 1, 30, 2, 2, 2, 40]);
    expect([...toRgba(Uint8Array.of(1, 2, 3), 3)]).toEqual([1, 2, 3, 255]);
    expect([...toRgba(Uint8Array.of(1, 2, 3, 4), 4)]).toEqual([1, 2, 3, 4]);
  });

  it('of CMYK become (1 − colour)(1 − black)', () => {
    expect([...fromCmyk(Uint8Array.of(0, 51, 255, 0, 0, 51, 255, 51, 9, 9, 9, 255))]).toEqual([
      255, 204, 0, 255, 204, 163, 0, 255, 0, 0, 0, 255,
    ]);
  });

  it.each([1, 2, 3, 4] as const)('of a PNG with %d keep grey, colour and opacity', async (channels) => {
    const two = { 1: [10, 200], 2: [10, 0, 200, 128], 3: [10, 20, 30, 200, 0, 9], 4: [10, 20, 30, 0, 200, 0, 9, 128] };
    const file = sharp(Uint8Array.from(two[channels]), { raw: { width: 2, height: 1, channels } });
    const { data } = await loadPixels(await (channels < 3 ? file.toColourspace('b-w') : file).png().toBuffer());
    expect([...data]).toEqual([...toRgba(Uint8Array.from(two[channels]), channels)]);
  });
});

it('bands of a large picture hold whole squares, and no more pixels than are read at a time', () => {
  for (const width of [1, 799, 6080, 24_000, 16_384, 3_000_000, 2 ** 28]) {
    const rows = bandRows({ width, height: 8 });
    expect(rows % 8).toBe(0);
    expect(rows === 8 || rows * width <= mostWhole).toBe(true);
  }
});
