import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/index.js';
import { preprocess, preprocessCrops } from '../src/preprocess/preprocess.js';

interface TorchvisionCase {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly side: number;
  readonly levels: string;
  readonly firstValues: readonly number[];
  readonly tenCrops: readonly string[];
  readonly grey: string;
  readonly whole: string;
}

interface CaffeCase {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Hexadecimal levels [3,28,28], blue first. */
  readonly openCv: string;
  /** Row 5, columns 3 to 27, of each channel. */
  readonly scikitImage: readonly number[];
}

interface Goldens {
  readonly torchvision: { readonly madeWith: string; readonly cases: readonly TorchvisionCase[] };
  readonly caffe: { readonly madeWith: string; readonly cases: readonly CaffeCase[] };
}

const goldens: Goldens = JSON.parse(readFileSync(new URL('fixtures/picture-goldens.json', import.meta.url), 'utf8'));

/** The same as `draw` of scripts/make-picture-goldens.py: a gradient with noise. */
function drawPicture(width: number, height: number, seed: number): Pixels {
  const data = new Uint8Array(4 * width * height).fill(255);
  let state = seed;
  for (let i = 0; i < 3 * width * height; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const at = channel === 1 ? Math.floor(pixel / width) / height : (pixel % width) / width;
    data[4 * pixel + channel] = Math.floor(at * 190 + 1e-9) + (state >>> 26);
  }
  return { data, width, height };
}

/** Of whole levels: what is not one gives another sum. */
function sha256(levels: ArrayLike<number>): string {
  return createHash('sha256').update(Uint8Array.from(levels)).digest('hex');
}

const levels = { mean: [0, 0, 0], std: [1, 1, 1], scale: 1 } as const;

describe(`pictures are to the bit those of ${goldens.torchvision.madeWith}`, () => {
  it.each(goldens.torchvision.cases)('$width×$height for $side×$side', async (golden) => {
    const { width, height, seed, side } = golden;
    const picture = drawPicture(width, height, seed);
    const context = { variant: 'torchvision', input: [3, side, side] } as const;
    const made = await preprocess(picture, context);
    for (const [channel, value] of golden.firstValues.entries()) {
      expect(Math.abs(made.data[channel * side * side] - value)).toBeLessThan(1e-6);
    }
    const [plain, ...others] = await preprocessCrops(picture, { ...context, ...levels }, 10);
    expect(sha256(plain.data)).toBe(golden.levels);
    expect([plain, ...others].map(({ data }) => sha256(data)).sort()).toEqual(golden.tenCrops);
    const [mean, std] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const size = side * side;
    const again = Array.from(made.data, (value, i) => {
      const channel = Math.floor(i / size);
      return Math.round((value * std[channel] + mean[channel]) * 255);
    });
    expect(sha256(again)).toBe(golden.levels);
    const grey = { ...context, input: [1, side, side], scale: 1 };
    expect(sha256((await preprocess(picture, grey)).data)).toBe(golden.grey);
    expect(sha256((await preprocess(picture, { ...context, ...levels, resize: 'whole' })).data)).toBe(golden.whole);
  });
});

describe(`Caffe's pictures are to the level those of ${goldens.caffe.madeWith}`, () => {
  it.each(goldens.caffe.cases)('$width×$height', async ({ width, height, seed, openCv, scikitImage }) => {
    const context = { variant: 'bvlc', input: [3, 28, 28] } as const;
    const { data } = await preprocess(drawPicture(width, height, seed), context);
    const byCaffe = Buffer.from(openCv, 'hex');
    const mean = [104, 117, 123];
    const apart = Array.from(byCaffe, (level, i) => Math.abs(data[i] + mean[Math.floor(i / 784)] - level));
    // A half for OpenCV's rounding, and a quarter for its weights of 11 bits.
    expect(Math.max(...apart)).toBeLessThan(0.76);
    for (const [i, level] of scikitImage.entries()) {
      const [channel, column] = [Math.floor(i / 25), 3 + (i % 25)];
      const ours = data[channel * 784 + 5 * 28 + column] + mean[channel];
      expect(Math.abs(ours - level)).toBeLessThan(0.001);
    }
  });
});
