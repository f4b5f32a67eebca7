import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InputError, messageOf, UnsupportedError } from '@strata/core';
import { fetchBytes, isUrl } from './fetch-bytes.js';
import type { Drawable, Host, Pixels, ReadContext } from './types.js';

/** Node: files from disk, pictures by sharp, which is loaded with the first picture. */
export const host: Host = { readBytes, decode, isDrawable, grabPixels };

async function readBytes(source: string | URL, context: ReadContext): Promise<Uint8Array> {
  if (source instanceof URL || isUrl(source)) {
    const url = new URL(source);
    return url.protocol === 'file:' ? readPath(fileURLToPath(url), context) : fetchBytes(url, context);
  }
  return readPath(source, context);
}

async function readPath(path: string, { Failure, want, signal }: ReadContext): Promise<Uint8Array> {
  signal?.throwIfAborted();
  let bytes: Uint8Array;
  try {
    bytes = await readWhole(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Failure({ where: path, got: describeFileError(error), want, cause: error });
  }
  if (bytes.length === 0) throw new Failure({ where: path, got: 'an empty file', want });
  return bytes;
}

/** Not `readFile`, which asks for half a megabyte at a time: shipped weights then take three times as long. */
async function readWhole(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const status = await file.stat();
    if (!status.isFile()) return await file.readFile();
    const bytes = new Uint8Array(status.size);
    let filled = 0;
    while (filled < bytes.length) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(bytes, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** What a failed file operation found, in words. */
export function describeFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EISDIR') return 'a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'a file that may not be read';
  return messageOf(error);
}

async function decode(bytes: Uint8Array, where: string): Promise<Pixels> {
  const sharp = await loadSharp();
  try {
    // sharp fails on the first warning of a decoder, so a cut-off file is an error and not half a picture.
    const { data, info } = await sharp(bytes)
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data: toRgba(data, info.channels), width: info.width, height: info.height };
  } catch (error) {
    throw new InputError({
      where,
      // Not the library's words: decoders that run at once mix theirs up. They are the cause, which --debug shows.
      got: 'no readable picture, or a part of one',
      want: 'a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file',
      cause: error,
    });
  }
}

async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new UnsupportedError({
      where: 'sharp',
      got: `the picture decoder does not load (${messageOf(error).split('\n')[0]})`,
      hint: 'run npm install sharp, or give decoded pixels or a tensor',
      cause: error,
    });
  }
}

/** From grey, grey + opacity, RGB or RGBA. */
function toRgba(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return data;
  const count = data.length / channels;
  const rgba = new Uint8Array(count * 4);
  const hasColour = channels >= 3;
  for (let pixel = 0; pixel < count; pixel++) {
    const from = pixel * channels;
    rgba[pixel * 4] = data[from];
    rgba[pixel * 4 + 1] = data[hasColour ? from + 1 : from];
    rgba[pixel * 4 + 2] = data[hasColour ? from + 2 : from];
    rgba[pixel * 4 + 3] = channels === 2 ? data[from + 1] : 255;
  }
  return rgba;
}

function isDrawable(_: unknown): _ is Drawable {
  return false;
}

function grabPixels(_: Drawable): Pixels {
  throw new UnsupportedError({ where: 'picture', got: 'a canvas or image element', want: 'pixels, a file or bytes' });
}
