import type { InstanceOfGlobal } from '@strata/core';
import type { DownloadContext, DownloadReport } from '../download/types.js';
import type { ReadContext } from './read-context.js';

/** 8-bit pixels, row by row from the top, four bytes each: red, green, blue, opacity. `ImageData` is one. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Something that a browser can draw; of these what the user's TypeScript knows, which in Node is nothing. */
export type Drawable =
  | InstanceOfGlobal<'ImageBitmap'>
  | InstanceOfGlobal<'HTMLImageElement'>
  | InstanceOfGlobal<'HTMLCanvasElement'>
  | InstanceOfGlobal<'OffscreenCanvas'>
  | InstanceOfGlobal<'HTMLVideoElement'>
  | InstanceOfGlobal<'VideoFrame'>;

/** What was made of a file, and where it came from if that was a server. */
export interface Opened<T> {
  readonly value: T;
  readonly download?: DownloadReport;
}

/** What the runtime does for us: one file for Node, one for browsers, chosen by the `#host` import. */
export interface Host {
  /** The bytes of a file or URL, at least one. `context.Failure` when there are none. */
  readBytes(source: string | URL, context: ReadContext): Promise<Uint8Array>;
  /** What `open` makes of the same; what comes over HTTP comes with progress, and from the cache if it can. */
  readKept<T>(
    source: string | URL,
    context: DownloadContext,
    open: (bytes: Uint8Array) => T | Promise<T>,
  ): Promise<Opened<T>>;
  /**
   * Decodes a picture file; turned upright as its EXIF says, the first frame of several, a very large one made smaller.
   * `InputError` at `where` when it is not a whole picture, or has too many pixels.
   */
  decode(bytes: Uint8Array, where: string): Promise<Pixels>;
  isDrawable(value: unknown): value is Drawable;
  /** The pixels of something drawable; `InputError` at `where` when it has none. */
  grabPixels(drawable: Drawable, where: string): Pixels;
}
