import { InputError, type Shape, type Tensor } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/index.js';
import { preprocess } from '../src/preprocess/preprocess.js';
import { resizeArea } from '../src/preprocess/resize.js';
import { garmentBytes, greyPixels } from './first8.js';
import { encodePng, turn } from './support/turned-files.js';

/** From 1 to 5,000 pixels a side, at most half a million in all. */
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.boolean())
  .map(([long, other, tall]) => {
    const short = Math.min(other, Math.max(1, Math.floor(500_000 / long)));
    return tall ? { width: short, height: long } : { width: long, height: short };
  });

/** Coloured noise, with every opacity. */
function drawNoise({ width, height }: { width: number; height: number }, seed: number): Pixels {
  const data = new Uint8Array(4 * width * height);
  let state = seed | 1;
  for (let i = 0; i < data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223;
    data[i] = state >>> 24;
  }
  return { data, width, height };
}

/** Some places of a tensor [channels, height, width], its corners among them. */
function placesOf([channels, height, width]: Shape, seed: number): [channel: number, y: number, x: number][] {
  const ends = [0, 1].flatMap((y) => [0, 1].map((x): [number, number] => [y * (height - 1), x * (width - 1)]));
  const others = Array.from({ length: 8 }, (_, i): [number, number] => [
    (seed * (i + 3)) % height,
    (seed * (i + 7)) % width,
  ]);
  return [...ends, ...others].map(([y, x], i) => [i % channels, y, x]);
}

function valueAt({ shape: [, height, width], data }: Tensor, [channel, y, x]: readonly number[]): number {
  return data[(channel * height + y) * width + x];
}

/** A pixel's colour over white, in whole levels of 255. */
function colourAt({ data, width }: Pixels, x: number, y: number, channel: number): number {
  const pixel = 4 * (y * width + x);
  return Math.round(255 - (data[pixel + 3] / 255) * (255 - data[pixel + channel]));
}

/** Weights of all input positions by a triangle around the centre of an output, as antialiasing has them. */
function triangle(from: number, to: number, at: number): number[] {
  const scale = from / to;
  const centre = (at + 0.5) * scale;
  const weights = Array.from({ length: from }, (_, x) =>
    Math.max(0, 1 - Math.abs(x + 0.5 - centre) / Math.max(scale, 1)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Half to the even neighbour. */
const middle = (size: number, part: number) =>
  (size - part) % 4 === 1 ? (size - part - 1) / 2 : Math.ceil((size - part) / 2);

/** Shorter side to 256 of 224, centre cropped: one level of 255, by the definition. */
function cropAt(pixels: Pixels, side: number, channel: number, y: number, x: number): number {
  const { width, height } = pixels;
  const cover = Math.round((side * 256) / 224);
  const shorter = Math.min(width, height);
  const [columns, rows] = [width, height].map((size) =>
    size === shorter ? cover : Math.floor((cover * size) / shorter),
  );
  const across = triangle(width, columns, middle(columns, side) + x);
  const down = triangle(height, rows, middle(rows, side) + y);
  let sum = 0;
  for (const [v, weight] of down.entries()) {
    if (weight === 0) continue;
    let row = 0;
    for (const [u, part] of across.entries()) if (part > 0) row += part * colourAt(pixels, u, v, channel);
    sum += weight * Math.round(row);
  }
  return Math.round(sum);
}

/** Both sides to 256 of 224 from two neighbours a direction, centre cropped: one level of 255. */
function stretchAt(pixels: Pixels, side: number, channel: number, y: number, x: number): number {
  const cover = Math.round((side * 256) / 224);
  const start = Math.floor((cover - side) / 2);
  const [u, v] = [
    [x, pixels.width],
    [y, pixels.height],
  ].map(([at, from]) => Math.min(Math.max(((start + at + 0.5) * from) / cover - 0.5, 0), from - 1));
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const level = (column: number, row: number) =>
    colourAt(pixels, Math.min(column, pixels.width - 1), Math.min(row, pixels.height - 1), channel);
  const [a, b] = [u - i, v - j];
  return (
    (1 - b) * ((1 - a) * level(i, j) + a * level(i + 1, j)) + b * ((1 - a) * level(i, j + 1) + a * level(i + 1, j + 1))
  );
}

const [mean, deviation] = [
  [0.485, 0.456, 0.406],
  [0.229, 0.224, 0.225],
];

describe('pre-processing is, for pictures of any size,', () => {
  it("what torchvision's definition says in float64", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.constantFrom(224, 32), async (size, seed, side) => {
        const pixels = drawNoise(size, seed);
        const made = await preprocess(pixels, { variant: 'torchvision', input: [3, side, side] });
        for (const place of placesOf(made.shape, seed)) {
          const [channel, y, x] = place;
          const want = (cropAt(pixels, side, channel, y, x) / 255 - mean[channel]) / deviation[channel];
          // A level more or less, where a sum lies between two. "picture-goldens.test.ts" says to the bit which it is.
          expect(Math.abs(valueAt(made, place) - want), `${size.width}×${size.height} at ${place}`).toBeLessThan(
            1.01 / 255 / deviation[channel],
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('the same from a file on: upright, grey or coloured, with or without opacity', async () => {
    const shows = fc.record({ grey: fc.boolean(), opacity: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        shows,
        async (size, seed, orientation, kind) => {
          const file = drawNoise(size, seed);
          const seen = turn(file, orientation, kind);
          const bytes = await encodePng(file, orientation, kind);
          const made = await preprocess(bytes, { variant: 'torchvision', input: [3, 32, 32] });
          const levelsApart = placesOf(made.shape, seed).map((place) => {
            const [channel, y, x] = place;
            const want = (cropAt(seen, 32, channel, y, x) / 255 - mean[channel]) / deviation[channel];
            return Math.abs(valueAt(made, place) - want) * 255 * deviation[channel];
          });
          // As above, but sums between two levels are few: were all a level off, another rule would be at work.
          expect(Math.max(...levelsApart)).toBeLessThan(1.01);
          expect(levelsApart.filter((levels) => levels > 1e-4).length).toBeLessThan(4);
        },
      ),
      { numRuns: Number(process.env.STRATA_RUNS ?? 30) },
    );
  });

  it("and what Caffe's says", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, seed) => {
        const pixels = drawNoise(size, seed);
        const made = await preprocess(pixels, { variant: 'bvlc', input: [3, 48, 48] });
        for (const place of placesOf(made.shape, seed)) {
          const [channel, y, x] = place;
          const want = stretchAt(pixels, 48, 2 - channel, y, x) - [104, 117, 123][channel];
          expect(Math.abs(valueAt(made, place) - want), `${size.width}×${size.height} at ${place}`).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('the bilinear enlargement of an original garment', async () => {
    const side = fc.integer({ min: 1, max: 400 });
    await fc.assert(
      fc.asyncProperty(fc.nat(7), side, side, fc.nat(), async (index, height, width, seed) => {
        const bytes = garmentBytes(index);
        const pixels = greyPixels(28, 28, (x, y) => bytes[28 * y + x]);
        const made = await preprocess(pixels, { variant: 'seed', input: [1, height, width] });
        const level = (v: number, u: number) => bytes[28 * Math.min(v, 27) + Math.min(u, 27)] / 255;
        for (const place of placesOf(made.shape, seed)) {
          const [v, u] = [place[1], place[2]].map((at, axis) =>
            Math.min(Math.max(((at + 0.5) * 28) / [height, width][axis] - 0.5, 0), 27),
          );
          const [j, i] = [Math.floor(v), Math.floor(u)];
          const [b, a] = [v - j, u - i];
          const want =
            (1 - b) * ((1 - a) * level(j, i) + a * level(j, i + 1)) +
            b * ((1 - a) * level(j + 1, i) + a * level(j + 1, i + 1));
          expect(Math.abs(valueAt(made, place) - want)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('for garments a tensor in [0, 1] or an InputError, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.constantFrom(0, 3, 30, 255), async (size, seed, spread) => {
        const noise = drawNoise(size, seed);
        const data = noise.data.map((value, i) => (i % 4 === 3 ? 255 : 200 - Math.round((value * spread) / 255)));
        try {
          const { data: values, shape } = await preprocess({ ...size, data }, { variant: 'seed', input: [1, 40, 30] });
          expect(shape).toEqual([1, 40, 30]);
          expect(values.every((value: number) => value >= 0 && value <= 1 + 1e-6)).toBe(true);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 20 },
    );
  });
});

it('a mean over areas is, for any part and any size, the integral over what each pixel covers', () => {
  const side = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(side, fc.integer({ min: 1, max: 300 }), fc.nat(40), fc.nat(), (from, wanted, left, seed) => {
      const to = Math.min(wanted, from);
      const width = left + from + 3;
      const data = Float32Array.from({ length: width }, (_, i) => ((i * 37 + seed) % 256) - 9);
      const part = { left, top: 0, right: left + from, bottom: 1 };
      const made = resizeArea({ data, width, height: 1 }, to, 1, part).data;
      for (const at of [0, to - 1, seed % to]) {
        const [start, end] = [(at * from) / to, ((at + 1) * from) / to];
        let sum = 0;
        for (let x = 0; x < from; x++) {
          sum += Math.max(0, Math.min(x + 1, end) - Math.max(x, start)) * data[left + x];
        }
        expect(Math.abs(made[at] - sum / (end - start)), `${from} to ${to} at ${at}`).toBeLessThan(1e-4);
      }
    }),
  );
});
