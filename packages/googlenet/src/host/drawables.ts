import type { Drawable } from './types.js';

/** What a page can draw, as far as this runtime has it. By tag, as frames have classes of their own. */
const tags: readonly string[] = [
  'ImageBitmap',
  'OffscreenCanvas',
  'HTMLCanvasElement',
  'HTMLImageElement',
  'HTMLVideoElement',
  'VideoFrame',
];

export function isDrawable(value: unknown): value is Drawable {
  return tags.includes(Object.prototype.toString.call(value).slice('[object '.length, -1));
}

/** Size in pixels, and what keeps it from being drawn. */
export interface DrawableState {
  readonly width: number;
  readonly height: number;
  /** Why it cannot be drawn yet, or any more. */
  readonly flaw?: string | undefined;
  readonly hint?: string | undefined;
}

/** Size and state of something drawable. Elements know their size before they have pixels, and draw nothing until then. */
export function describeDrawable(drawable: Drawable): DrawableState {
  if ('naturalWidth' in drawable) {
    const { naturalWidth: width, naturalHeight: height, complete } = drawable;
    const flaw = complete ? undefined : 'an image element that is still loading';
    return { width, height, flaw, hint: 'await image.decode() first' };
  }
  if ('videoWidth' in drawable) {
    const { videoWidth: width, videoHeight: height, readyState } = drawable;
    const flaw = readyState < haveCurrentData ? 'a video element that has no frame yet' : undefined;
    return { width, height, flaw, hint: 'await its loadeddata event first' };
  }
  if ('displayWidth' in drawable) {
    const { displayWidth: width, displayHeight: height, format } = drawable;
    const isClosed = width === 0 && height === 0 && format === null;
    return { width, height, flaw: isClosed ? 'a video frame that is closed or sent elsewhere' : undefined };
  }
  return { width: drawable.width, height: drawable.height };
}

/** `HTMLMediaElement.HAVE_CURRENT_DATA`, which workers do not have. */
const haveCurrentData = 2;
