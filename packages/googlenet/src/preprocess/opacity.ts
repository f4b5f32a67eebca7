import type { Pixels } from '../host/types.js';
import { type Box, lumaAt, type Plane } from './plane.js';

/** Of a cut-out at least this share is transparent; rounded corners are less. */
const leastOutside = 0.02;
/** Of the box around a cut-out's opaque part at least this share is transparent; where less is, a photo was framed. */
const leastInside = 0.05;

/** What the opacity of a picture tells of it. */
export type Opacity =
  /** Nothing: the picture is opaque, or all but its corners. */
  | { readonly kind: 'photo' }
  /** There is nothing to see. */
  | { readonly kind: 'nothing' }
  /** A rectangle with nothing around it. */
  | { readonly kind: 'framed'; readonly box: Box }
  /** A thing cut out of its background. */
  | { readonly kind: 'cut out' };

/** Whether the transparent part of a picture is what its maker cut away. */
export function readOpacity(pixels: Pixels): Opacity {
  const { width, height } = pixels;
  const { least, most } = rangeOf(pixels);
  if (most === 0) return { kind: 'nothing' };
  if (least === most) return { kind: 'photo' };
  const { count, box } = findOpaque(pixels, most / 2);
  if (1 - count / (width * height) < leastOutside) return { kind: 'photo' };
  const inside = (box.right - box.left) * (box.bottom - box.top);
  return 1 - count / inside < leastInside ? { kind: 'framed', box } : { kind: 'cut out' };
}

/** Where the opaque part is: opacity as a share of the largest. */
export function maskOf(pixels: Pixels): Plane {
  const { data, width, height } = pixels;
  const { most } = rangeOf(pixels);
  const mask = new Float32Array(width * height);
  for (let i = 0; i < mask.length; i++) mask[i] = data[4 * i + 3] / most;
  return { data: mask, width, height };
}

function rangeOf({ data }: Pixels): { readonly least: number; readonly most: number } {
  let [least, most] = [255, 0];
  for (let i = 3; i < data.length; i += 4) {
    least = Math.min(least, data[i]);
    most = Math.max(most, data[i]);
  }
  return { least, most };
}

/** How many pixels are at least so opaque, and the box around them. */
function findOpaque({ data, width, height }: Pixels, least: number): { readonly count: number; readonly box: Box } {
  let count = 0;
  let { left, top, right, bottom } = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[4 * (y * width + x) + 3] < least) continue;
      count++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return { count, box: { left, top, right, bottom } };
}

/**
 * A cut-out light on black, in the memory of its mask, in [0, 1]: one that is dark on the whole is negated, as a dark
 * garment before white paper is.
 */
export function lightOnBlack({ data }: Pixels, mask: Plane): Plane {
  const values = mask.data;
  let [sum, weight] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i] * lumaAt(data, i);
    weight += values[i];
  }
  const isDark = sum / weight < 128;
  for (let i = 0; i < values.length; i++) {
    const luma = lumaAt(data, i);
    values[i] *= (isDark ? 255 - luma : luma) / 255;
  }
  return mask;
}

/** The pixels inside a box. */
export function cropPixels(pixels: Pixels, box: Box): Pixels {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = 4 * ((box.top + y) * pixels.width + box.left);
    data.set(pixels.data.subarray(from, from + 4 * width), 4 * y * width);
  }
  return { data, width, height };
}
