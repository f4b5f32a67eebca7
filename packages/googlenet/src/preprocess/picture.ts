import { InputError, type Tensor } from '@strata/core';
import { host } from '#host';
import type { Drawable, Pixels } from '../host/types.js';

/**
 * A picture in any form: the path or URL of a file, a file's bytes, RGBA pixels (`ImageData`), something a browser draws
 * (`ImageBitmap`, canvas, loaded `<img>`), or a tensor [channels, height, width] that skips pre-processing.
 */
export type Picture = string | URL | Uint8Array | ArrayBuffer | Blob | Pixels | Drawable | Tensor;

export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value && 'data' in value;
}

/** The 8-bit pixels of a picture, upright. `InputError` says what is wrong with it. */
export async function loadPixels(picture: Exclude<Picture, Tensor>, signal?: AbortSignal): Promise<Pixels> {
  if (typeof picture === 'string' || picture instanceof URL) {
    const bytes = await host.readBytes(picture, { Failure: InputError, want: 'a picture file', signal });
    return host.decode(bytes, describePicture(picture));
  }
  const where = describePicture(picture);
  if (picture instanceof Uint8Array) return decodeBytes(picture, where);
  if (picture instanceof ArrayBuffer) return decodeBytes(new Uint8Array(picture), where);
  if (typeof Blob !== 'undefined' && picture instanceof Blob) {
    return decodeBytes(new Uint8Array(await picture.arrayBuffer()), where);
  }
  if (host.isDrawable(picture)) return host.grabPixels(picture);
  if (isPixels(picture)) return checkPixels(picture, where);
  throw new InputError({
    where,
    got: typeof picture === 'object' && picture !== null ? 'an object of another kind' : String(picture),
    want: 'a path, URL, bytes, RGBA pixels { data, width, height }, or a tensor',
  });
}

/** How messages name a picture. */
export function describePicture(picture: Picture): string {
  if (typeof picture === 'string') return picture.length > 200 ? `${picture.slice(0, 60)}…` : picture;
  return picture instanceof URL ? describePicture(picture.href) : 'picture';
}

function decodeBytes(bytes: Uint8Array, where: string): Promise<Pixels> {
  if (bytes.length === 0) throw new InputError({ where, got: 'no bytes', want: 'a picture file' });
  return host.decode(bytes, where);
}

function isPixels(value: unknown): value is Pixels {
  return typeof value === 'object' && value !== null && 'data' in value && 'width' in value && 'height' in value;
}

function checkPixels(pixels: Pixels, where: string): Pixels {
  const { data, width, height } = pixels;
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  if (!isBytes || !Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new InputError({ where, got: `pixels of ${width}×${height}`, want: 'bytes, and whole sizes from 1' });
  }
  if (data.length !== width * height * 4) {
    throw new InputError({
      where,
      got: `${data.length} bytes for ${width}×${height} pixels`,
      want: `${width * height * 4}`,
      hint: 'pixels are red, green, blue, opacity',
    });
  }
  return pixels;
}
