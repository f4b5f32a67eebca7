import type { Pixels } from '../host/types.js';
import type { Plane } from './plane.js';
import { resizeAntialiased } from './resize.js';

/** A picture of more pixels than this is taken at a tenth of its size: 8×8 pixels to their mean, then 5 to 4. */
export const mostWhole = 24_000_000;
/** No picture of more pixels is taken: as many as the canvases of browsers have, 16,384×16,384. */
export const mostPixels = 2 ** 28;

/** Side of the squares of pixels that become one. */
const square = 8;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture of more than `mostWhole` pixels is taken. */
export function shrunkSize({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width / 10)), height: Math.max(1, Math.round(height / 10)) };
}

/** Rows to read of a large picture at a time, so that one reading holds `mostWhole` pixels or little more. */
export function bandRows({ width }: Size): number {
  return square * Math.max(1, Math.floor(mostWhole / (square * width)));
}

/**
 * Makes a large picture small while it is read: give it bands of `bandRows` rows from the top, RGBA, then take the result.
 * Colours are weighted by their opacity.
 */
export class Shrinker {
  readonly #picture: Size;
  /** Means of squares, red, green and blue times opacity, and opacity, each in [0, 255]. */
  readonly #channels: readonly Plane[];
  #row = 0;

  constructor(picture: Size) {
    this.#picture = picture;
    // What is left over at the right and below is left out, as libjpeg's reader in libvips does.
    const [width, height] = [picture.width, picture.height].map((size) => Math.max(1, Math.floor(size / square)));
    this.#channels = Array.from({ length: 4 }, () => ({ data: new Float32Array(width * height), width, height }));
  }

  add(band: Pixels): void {
    const [{ width: columns, height }] = this.#channels;
    for (let top = 0; top < band.height && this.#row < height; top += square) {
      const rows = Math.min(square, band.height - top);
      const count = rows * Math.min(square, band.width);
      const sums = sumSquares(band, top, rows, columns);
      for (const [channel, { data }] of this.#channels.entries()) {
        for (let x = 0; x < columns; x++) data[this.#row * columns + x] = sums[4 * x + channel] / count;
      }
      this.#row++;
    }
  }

  /** The whole picture at its small size. */
  finish(): Pixels {
    const { width, height } = shrunkSize(this.#picture);
    const [red, green, blue, opacity] = this.#channels.map((plane) => resizeAntialiased(plane, width, height).data);
    const data = new Uint8ClampedArray(4 * width * height);
    for (let i = 0; i < opacity.length; i++) {
      const share = opacity[i] / 255;
      data.set(share === 0 ? [0, 0, 0, 0] : [red[i] / share, green[i] / share, blue[i] / share, opacity[i]], 4 * i);
    }
    return { data, width, height };
  }
}

/** Sums over the squares of some rows: red, green and blue times opacity, and opacity, four numbers a square. */
function sumSquares({ data, width }: Pixels, top: number, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(4 * columns);
  for (let y = top; y < top + rows; y++) {
    for (let x = 0; x < Math.min(width, square * columns); x++) {
      const pixel = 4 * (y * width + x);
      const sum = 4 * Math.floor(x / square);
      const opacity = data[pixel + 3];
      // Most pictures are opaque.
      const share = opacity === 255 ? 1 : opacity / 255;
      sums[sum] += data[pixel] * share;
      sums[sum + 1] += data[pixel + 1] * share;
      sums[sum + 2] += data[pixel + 2] * share;
      sums[sum + 3] += opacity;
    }
  }
  return sums;
}
