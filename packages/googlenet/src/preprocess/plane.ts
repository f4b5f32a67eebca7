import type { Pixels } from '../host/types.js';

/** One channel of numbers, row by row from the top. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in its pixels; right and bottom are just outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** All of a picture. */
export function boxOf({ width, height }: { readonly width: number; readonly height: number }): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/**
 * Red, green or blue (0, 1, 2) in [0, 255] over white: what shines through a transparent pixel is white, as on a page.
 */
export function colourPlane({ data, width, height }: Pixels, channel: 0 | 1 | 2): Plane {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const opacity = data[4 * i + 3] / 255;
    values[i] = 255 + opacity * (data[4 * i + channel] - 255);
  }
  return { data: values, width, height };
}

/**
 * Rec. 709 luma of the gamma-encoded values of a pixel, 0.2126 R + 0.7152 G + 0.0722 B in [0, 255], which is what
 * ImageMagick made of the original Fashion-MNIST pictures.
 */
export function lumaAt(data: Pixels['data'], pixel: number): number {
  return 0.2126 * data[4 * pixel] + 0.7152 * data[4 * pixel + 1] + 0.0722 * data[4 * pixel + 2];
}

/** Luma in [0, 255] over white. */
export function greyPlane({ data, width, height }: Pixels): Plane {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = 255 + (data[4 * i + 3] / 255) * (lumaAt(data, i) - 255);
  return { data: values, width, height };
}

/** A plane of the same size, each value by `map`. */
export function mapPlane({ data, ...size }: Plane, map: (value: number) => number): Plane {
  return { ...size, data: data.map(map) };
}

/** A plane in the middle of a larger one of zeros. */
export function centrePlane(plane: Plane, width: number, height: number): Plane {
  const [left, top] = [Math.floor((width - plane.width) / 2), Math.floor((height - plane.height) / 2)];
  const data = new Float32Array(width * height);
  for (let y = 0; y < plane.height; y++) {
    data.set(plane.data.subarray(y * plane.width, (y + 1) * plane.width), (top + y) * width + left);
  }
  return { data, width, height };
}
