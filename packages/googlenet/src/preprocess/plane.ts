import type { Pixels } from '../host/types.js';

/** One channel of numbers, row by row from the top. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Red, green and blue in [0, 255] over white: what shines through a transparent pixel is white, as on a page.
 */
export function colourPlanes({ data, width, height }: Pixels): readonly [Plane, Plane, Plane] {
  const plane = (channel: number): Plane => {
    const values = new Float32Array(width * height);
    for (let i = 0; i < values.length; i++) {
      const opacity = data[4 * i + 3] / 255;
      values[i] = 255 + opacity * (data[4 * i + channel] - 255);
    }
    return { data: values, width, height };
  };
  return [plane(0), plane(1), plane(2)];
}

/**
 * Grey in [0, 255] over white: Rec. 709 luma of the gamma-encoded values, 0.2126 R + 0.7152 G + 0.0722 B, which is what
 * ImageMagick made of the original Fashion-MNIST pictures.
 */
export function greyPlane({ data, width, height }: Pixels): Plane {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const luma = 0.2126 * data[4 * i] + 0.7152 * data[4 * i + 1] + 0.0722 * data[4 * i + 2];
    values[i] = 255 + (data[4 * i + 3] / 255) * (luma - 255);
  }
  return { data: values, width, height };
}

/** A plane of the same size, each value by `map`. */
export function mapPlane({ data, ...size }: Plane, map: (value: number) => number): Plane {
  return { ...size, data: data.map(map) };
}

/** The part of a plane inside a box of whole pixels. */
export function cropPlane(plane: Plane, { left, top, right, bottom }: { readonly [side in Side]: number }): Plane {
  const [width, height] = [right - left, bottom - top];
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * plane.width + left;
    data.set(plane.data.subarray(from, from + width), y * width);
  }
  return { data, width, height };
}

type Side = 'left' | 'top' | 'right' | 'bottom';

/** A plane in the middle of a larger one of zeros. */
export function centrePlane(plane: Plane, width: number, height: number): Plane {
  const [left, top] = [Math.floor((width - plane.width) / 2), Math.floor((height - plane.height) / 2)];
  const data = new Float32Array(width * height);
  for (let y = 0; y < plane.height; y++) {
    data.set(plane.data.subarray(y * plane.width, (y + 1) * plane.width), (top + y) * width + left);
  }
  return { data, width, height };
}
