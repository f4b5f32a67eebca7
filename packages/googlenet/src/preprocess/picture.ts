import {
  copyTensor,
  describeValue,
  InputError,
  isBlob,
  isUint8Array,
  isUrlObject,
  type Tensor,
  tagOf,
  viewBytes,
} from '@strata/core';
import { host } from '#host';
import type { Drawable, Pixels } from '../host/types.js';

/**
 * A picture in any form: the path or URL of a file, a file's bytes, RGBA pixels (`ImageData`), something a browser draws
 * (`ImageBitmap`, canvas, loaded `<img>`, playing `<video>`, `VideoFrame`), or a tensor [channels, height, width] that skips pre-processing.
 */
export type Picture = string | URL | Uint8Array | ArrayBufferLike | Blob | Pixels | Drawable | Tensor;

export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value && 'data' in value;
}

/** The same picture in memory of its own: bytes, pixels and tensors are copied. A canvas and its like are not. */
export function copyPicture(picture: Picture): Picture {
  if (isTensor(picture)) return copyTensor(picture);
  const bytes = fileBytes(picture);
  // Not `slice`, which in Node's `Buffer` gives a view.
  if (bytes !== undefined) return new Uint8Array(bytes);
  if (isUrlObject(picture)) return new URL(picture);
  if (!isPixels(picture) || !isByteArray(picture.data)) return picture;
  const { data, width, height } = picture;
  return { data: new Uint8Array(data), width, height };
}

/** The bytes of a picture file, where that is what was given. */
function fileBytes(picture: unknown): Uint8Array | undefined {
  return isUint8Array(picture) || !ArrayBuffer.isView(picture) ? viewBytes(picture) : undefined;
}

/** Options of `loadPixels`. */
export interface LoadPixelsOptions {
  readonly signal?: AbortSignal | undefined;
  /** How errors name the picture; its path or URL by default. */
  readonly where?: string;
}

/**
 * The 8-bit pixels of a picture, upright; one of more than 24 million pixels at a tenth of its size. `InputError` says
 * what is wrong with it. Bytes and pixels are copied before it returns its promise: they may be changed at once.
 */
export async function loadPixels(
  given: Exclude<Picture, Tensor>,
  { signal, where = describePicture(given) }: LoadPixelsOptions = {},
): Promise<Pixels> {
  const picture = copyPicture(given);
  if (typeof picture === 'string' || isUrlObject(picture)) {
    const bytes = await host.readBytes(picture, { Failure: InputError, want: 'a picture file', signal });
    return host.decode(bytes, where);
  }
  const bytes = fileBytes(picture);
  if (bytes !== undefined) return decodeBytes(bytes, where);
  if (isBlob(picture)) {
    return decodeBytes(new Uint8Array(await picture.arrayBuffer()), where);
  }
  if (host.isDrawable(picture)) return host.grabPixels(picture, where);
  if (isPixels(picture)) return checkPixels(picture, where);
  throw new InputError({
    where,
    got: describeValue(picture),
    want: 'a path, URL, bytes, RGBA pixels { data, width, height }, or a tensor',
  });
}

/** How messages name a picture. */
export function describePicture(picture: Picture): string {
  if (typeof picture === 'string') return picture.length > 200 ? `${picture.slice(0, 60)}…` : picture;
  return isUrlObject(picture) ? describePicture(picture.href) : 'picture';
}

function decodeBytes(bytes: Uint8Array, where: string): Promise<Pixels> {
  if (bytes.length === 0) throw new InputError({ where, got: 'no bytes', want: 'a picture file' });
  return host.decode(bytes, where);
}

function isPixels(value: unknown): value is Pixels {
  return typeof value === 'object' && value !== null && 'data' in value && 'width' in value && 'height' in value;
}

function isByteArray(data: unknown): boolean {
  return ArrayBuffer.isView(data) && ['Uint8Array', 'Uint8ClampedArray'].includes(tagOf(data));
}

function checkPixels(pixels: Pixels, where: string): Pixels {
  const { data, width, height } = pixels;
  if (!isByteArray(data) || !Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
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
