import { InputError, messageOf } from '@strata/core';
import { fetchBytes } from './fetch-bytes.js';
import type { Drawable, Host, Pixels } from './types.js';

/** Browsers and their workers: files are fetched, the browser decodes. */
export const host: Host = { readBytes: fetchBytes, decode, isDrawable, grabPixels };

async function decode(bytes: Uint8Array, where: string): Promise<Pixels> {
  try {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]), { imageOrientation: 'from-image' });
    try {
      return grabPixels(bitmap);
    } finally {
      bitmap.close();
    }
  } catch (error) {
    throw new InputError({
      where,
      got: `no readable picture (${messageOf(error)})`,
      want: 'a whole picture file of a kind that this browser shows',
      cause: error,
    });
  }
}

function isDrawable(value: unknown): value is Drawable {
  return (
    (typeof ImageBitmap !== 'undefined' && value instanceof ImageBitmap) ||
    (typeof OffscreenCanvas !== 'undefined' && value instanceof OffscreenCanvas) ||
    (typeof HTMLCanvasElement !== 'undefined' && value instanceof HTMLCanvasElement) ||
    (typeof HTMLImageElement !== 'undefined' && value instanceof HTMLImageElement)
  );
}

function grabPixels(drawable: Drawable): Pixels {
  const [width, height] =
    'naturalWidth' in drawable ? [drawable.naturalWidth, drawable.naturalHeight] : [drawable.width, drawable.height];
  // An image element knows its size before it has its pixels, and draws nothing until then.
  const isReady = !('complete' in drawable) || drawable.complete;
  if (!isReady || width < 1 || height < 1) {
    throw new InputError({
      where: 'picture',
      got: isReady ? `${width}×${height} pixels` : 'an image element that is still loading',
      want: 'a picture that has loaded',
      hint: 'decode' in drawable ? 'await image.decode() first' : undefined,
    });
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new InputError({ where: 'picture', got: 'no 2D canvas', want: 'a browser that draws' });
  try {
    context.drawImage(drawable, 0, 0);
    return context.getImageData(0, 0, width, height);
  } catch (error) {
    throw new InputError({
      where: 'picture',
      got: `pixels that the browser does not give (${messageOf(error)})`,
      want: 'a picture of this page, or one that its server lets other pages read',
      hint: 'set crossOrigin = "anonymous" on an image from another server, before its src',
      cause: error,
    });
  }
}
