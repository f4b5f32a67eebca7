import { readFileSync } from 'node:fs';
import type { Pixels } from '../src/index.js';

const bytes = readFileSync(new URL('fixtures/first8.u8', import.meta.url));

/** Classes and PyTorch's float32 logits of the pictures. */
export const first8: { readonly labels: number[]; readonly logits: number[][] } = JSON.parse(
  readFileSync(new URL('fixtures/first8.json', import.meta.url), 'utf8'),
);

/** The 784 bytes of one of eight Fashion-MNIST pictures, light on black. */
export function garmentBytes(index: number): Uint8Array {
  return bytes.subarray(784 * index, 784 * (index + 1));
}

/** A grey picture as RGBA pixels. */
export function greyPixels(width: number, height: number, level: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    data.fill(Math.min(Math.max(Math.round(level(i % width, Math.floor(i / width))), 0), 255), 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  }
  return { data, width, height };
}

export interface Photo {
  readonly width: number;
  readonly height: number;
  /** Photo pixels to one of the garment's. */
  readonly scale: number;
  /** Level of the background. */
  readonly paper?: number;
  /** Top left corner of the garment's 28×28; in the middle by default. */
  readonly corner?: readonly [x: number, y: number];
  /** Added to each pixel. */
  readonly add?: (x: number, y: number) => number;
}

/** A garment as a photo: dark before a light background, enlarged bilinearly. */
export function photograph(index: number, photo: Photo): Pixels {
  const { width, height, scale, paper = 250, add = () => 0 } = photo;
  const [left, top] = photo.corner ?? [(width - 28 * scale) / 2, (height - 28 * scale) / 2];
  const bytesOf = garmentBytes(index);
  const at = (x: number, y: number) => (x >= 0 && x < 28 && y >= 0 && y < 28 ? bytesOf[28 * y + x] / 255 : 0);
  return greyPixels(width, height, (x, y) => {
    const [u, v] = [(x + 0.5 - left) / scale - 0.5, (y + 0.5 - top) / scale - 0.5];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [a, b] = [u - i, v - j];
    const ink = (1 - b) * ((1 - a) * at(i, j) + a * at(i + 1, j)) + b * ((1 - a) * at(i, j + 1) + a * at(i + 1, j + 1));
    return paper * (1 - ink) + add(x, y);
  });
}

/** The same for every run: −1 to 1. */
export function noise(x: number, y: number): number {
  const wave = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}
