import { createRandom, type Random } from '@strata/core';
import type { Pixels } from '@strata/googlenet';
import { between, pick } from './drawings/pen.js';

/** Side of a Fashion-MNIST picture. */
const side = 28;

/**
 * A Fashion-MNIST picture (784 bytes, light on black) as a photo of it: enlarged to 3 to 6 pixels for each of its own,
 * in a colour before light or dark paper, with margins, a little noise, and now and then a soft shadow or uneven light.
 * The same key gives the same photo.
 */
export function photograph(garment: Uint8Array, key: string): Pixels {
  const random = createRandom(key);
  const scale = between(random, 3, 6);
  const size = Math.round(side * scale);
  const margins = Array.from({ length: 4 }, () => Math.round(between(random, 0.06, 0.45) * size));
  const [left, right, top, bottom] = margins;
  const [width, height] = [left + size + right, top + size + bottom];
  const { paper, ink } = chooseColours(random);
  const smooth = random.uniform() < 0.75;
  const light = paper[0] > 128 ? chooseLight(random) : { noise: 1, shadow: 0, across: 0, down: 0 };
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const [v, deep] = [(y - top + 0.5) / scale - 0.5, (y - top - 0.95 * size) / (0.06 * size)];
    for (let x = 0; x < width; x++) {
      const u = (x - left + 0.5) / scale - 0.5;
      const value = smooth ? blend(garment, u, v) : nearest(garment, u, v);
      const wide = (x - left - size / 2) / (0.4 * size);
      const shadow = light.shadow === 0 ? 0 : light.shadow * Math.exp(-(wide * wide) - deep * deep);
      const fall = light.across * (x / width - 0.5) + light.down * (y / height - 0.5);
      const grain = light.noise * (2 * random.uniform() - 1);
      for (let channel = 0; channel < 3; channel++) {
        const behind = paper[channel] - shadow + fall;
        data[4 * (y * width + x) + channel] = behind + (ink[channel] - behind) * value + grain;
      }
    }
  }
  return { data, width, height };
}

type Colour = readonly [number, number, number];

/** The garment's colour where the original is fullest, and the paper's. Two of three papers are light. */
function chooseColours(random: Random): { readonly paper: Colour; readonly ink: Colour } {
  if (random.uniform() < 0.33) {
    const level = between(random, 0, 25);
    return { paper: [level, level, level], ink: [245, 240, between(random, 220, 255)] };
  }
  const level = pick(random, [255, 255, between(random, 225, 255)]);
  const ink = () => between(random, 0, 75);
  return { paper: [level, level, level], ink: random.uniform() < 0.4 ? [0, 0, 0] : [ink(), ink(), ink()] };
}

interface Light {
  readonly noise: number;
  readonly shadow: number;
  readonly across: number;
  readonly down: number;
}

/** In grey levels: grain, depth of the shadow at the foot, difference from side to side and from top to bottom. */
function chooseLight(random: Random): Light {
  const plain = random.uniform() < 0.5;
  return {
    noise: plain ? 0 : between(random, 0, 4),
    shadow: plain || random.uniform() < 0.6 ? 0 : between(random, 4, 14),
    across: plain ? 0 : between(random, -12, 12),
    down: plain ? 0 : between(random, -12, 12),
  };
}

/** 0 outside. */
function nearest(garment: Uint8Array, x: number, y: number): number {
  const [i, j] = [Math.round(x), Math.round(y)];
  return i >= 0 && i < side && j >= 0 && j < side ? garment[j * side + i] / 255 : 0;
}

/** Bilinear, 0 outside. */
function blend(garment: Uint8Array, x: number, y: number): number {
  if (x <= -1 || y <= -1 || x >= side || y >= side) return 0;
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [a, b] = [x - i, y - j];
  const top = (1 - a) * nearest(garment, i, j) + a * nearest(garment, i + 1, j);
  const bottom = (1 - a) * nearest(garment, i, j + 1) + a * nearest(garment, i + 1, j + 1);
  return (1 - b) * top + b * bottom;
}
