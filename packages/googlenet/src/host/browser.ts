import { InputError, messageOf, StrataError } from '@strata/core';
import { identify } from '@strata/formats/identify';
import { browserStore } from '../download/browser-store.js';
import { download } from '../download/download.js';
import type { DownloadContext } from '../download/types.js';
import { isHttp, isUrl } from '../download/urls.js';
import { bandRows, mostWhole, Shrinker } from '../preprocess/shrink.js';
import { describeDrawable, isDrawable } from './drawables.js';
import { fetchBytes } from './fetch-bytes.js';
import { checkSize } from './large-pictures.js';
import { describeNoPicture } from './no-picture.js';
import type { ReadContext } from './read-context.js';
import { loadSvg } from './svg.js';
import type { Drawable, Host, Opened, Pixels } from './types.js';

/** Browsers and their workers: files are fetched, the browser decodes. */
export const host: Host = { readBytes, readKept, decode, isDrawable, grabPixels };

/** What all browsers show; some show more. */
const readable = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'ico', 'avif', 'svg'] as const;

function readBytes(source: string | URL, context: ReadContext): Promise<Uint8Array> {
  return fetchBytes(toUrl(source), context);
}

async function readKept<T>(
  source: string | URL,
  context: DownloadContext,
  open: (bytes: Uint8Array) => T | Promise<T>,
): Promise<Opened<T>> {
  const url = toUrl(source);
  const whole = resolve(url);
  if (whole === undefined || !isHttp(whole)) return { value: await open(await fetchBytes(url, context)) };
  return download(whole, browserStore, context, open);
}

function toUrl(source: string | URL): string | URL {
  // A colon in a relative URL's first part would make that part a scheme.
  const isScheme = typeof source === 'string' && /^[^/?#]*:/.test(source) && !isUrl(source);
  return isScheme ? `./${source}` : source;
}

/** As `fetch` does, a page's `<base>` included; `undefined` for what it will refuse. */
function resolve(url: string | URL): string | undefined {
  try {
    return new Request(url).url;
  } catch {
    return undefined;
  }
}

async function decode(bytes: Uint8Array, where: string): Promise<Pixels> {
  try {
    if (identify(bytes).format === 'svg') return grabPixels(await loadSvg(bytes, where), where);
    // Browsers that multiply colours by opacity while they decode do it more roughly than when they draw.
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]), {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
    });
    try {
      return grabPixels(bitmap, where);
    } finally {
      bitmap.close();
    }
  } catch (error) {
    if (error instanceof StrataError) throw error;
    throw new InputError({
      where,
      ...describeNoPicture(bytes, readable),
      want: 'a whole picture file of a kind that this browser shows',
      cause: error,
    });
  }
}

function grabPixels(drawable: Drawable, where: string): Pixels {
  const { width, height, flaw, hint } = describeDrawable(drawable);
  if (flaw !== undefined || width < 1 || height < 1) {
    throw new InputError({ where, got: flaw ?? `${width}×${height} pixels`, want: 'a picture that has loaded', hint });
  }
  checkSize({ width, height }, where);
  try {
    if (width * height <= mostWhole) return drawBand(drawable, { width, height, top: 0 });
    const small = new Shrinker({ width, height });
    const rows = bandRows({ width, height });
    for (let top = 0; top < height; top += rows) {
      small.add(drawBand(drawable, { width, height: Math.min(rows, height - top), top }));
    }
    return small.finish();
  } catch (error) {
    if (error instanceof StrataError) throw error;
    throw new InputError({
      where,
      got: `pixels that the browser withholds (${messageOf(error)})`,
      want: 'a picture of this page, or one that its server lets other pages read',
      hint: 'set crossOrigin = "anonymous" on an image from another server, before its src',
      cause: error,
    });
  }
}

interface Band {
  readonly width: number;
  /** Of the band, not of the picture. */
  readonly height: number;
  readonly top: number;
}

function drawBand(drawable: Drawable, { width, height, top }: Band): Pixels {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new InputError({ where: 'picture', got: 'no 2D canvas', want: 'a browser that draws' });
  context.drawImage(drawable, 0, -top);
  return context.getImageData(0, 0, width, height);
}
