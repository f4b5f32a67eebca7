import type { Complaint, StrataError } from '@strata/core';

/** 8-bit pixels, row by row from the top, four bytes each: red, green, blue, opacity. `ImageData` is one. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Something that a browser can draw. */
export type Drawable = ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas;

/** How a failed read is told: which error class, and what was wanted there. */
export interface ReadContext {
  readonly Failure: new (complaint: Complaint) => StrataError;
  /** For example `'a picture file'`. */
  readonly want: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the runtime does for us: one file for Node, one for browsers, chosen by the `#host` import. */
export interface Host {
  /** The bytes of a file or URL, at least one. `context.Failure` when there are none. */
  readBytes(source: string | URL, context: ReadContext): Promise<Uint8Array>;
  /** Decodes a picture file; turned upright as its EXIF says. `InputError` at `where` when it is not a whole picture. */
  decode(bytes: Uint8Array, where: string): Promise<Pixels>;
  isDrawable(value: unknown): value is Drawable;
  /** The pixels of something drawable. */
  grabPixels(drawable: Drawable): Pixels;
}
