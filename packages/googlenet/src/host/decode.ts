import { InputError, messageOf, StrataError, UnsupportedError } from '@strata/core';
import type { Metadata, Sharp } from 'sharp';
import { bandRows, mostWhole, Shrinker, shrunkSize } from '../preprocess/shrink.js';
import { showAsBrowsers } from './as-browsers-show.js';
import { checkSize } from './large-pictures.js';
import { describeNoPicture } from './no-picture.js';
import { fromCmyk, toRgba } from './rgba.js';
import type { Pixels } from './types.js';

/** Pixels of a progressive JPEG, whose coefficients are all held until the file ends: 3 bytes a pixel, or 6. */
const mostOfProgressive = { '4:2:0': 80_000_000, other: 40_000_000 };

/** Pixels of an AVIF: its decoder takes up to 18 bytes for each. */
const mostOfAvif = 16_000_000;

/** What sharp decodes, as it comes from npm. */
const readable = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'svg'] as const;

/** Formats of which a decoder can give the first rows before it has read the last. */
const streamed: readonly (string | undefined)[] = ['jpeg', 'png', 'tiff'];

type OpenFile = () => Sharp;

/** Pixels of a picture file by sharp, upright, sRGB. At most 300 MB are held at a time, see `shrink.ts`. */
export async function decode(bytes: Uint8Array, where: string): Promise<Pixels> {
  const sharp = await loadSharp();
  // A damaged file is an error, as in browsers, and so is one that ends early; what libraries but warn of is read, as in
  // browsers. The limits on pixels are ours.
  const file = () => sharp(bytes, { failOn: 'error', limitInputPixels: false });
  try {
    const about = await file().metadata();
    checkSize(about, where);
    if (about.format === 'heif') checkSize(about, where, { most: mostOfAvif, kind: 'an AVIF file' });
    if (about.width * about.height <= mostWhole) {
      return showAsBrowsers(await readWhole(file, about), bytes, about.format);
    }
    checkHeld(about, where);
    if (about.format === 'jpeg' && about.space !== 'cmyk') return await readJpegSmall(file, about);
    return await readBands(file, about);
  } catch (error) {
    if (error instanceof StrataError) throw error;
    throw new InputError({
      where,
      // Not the library's words: decoders that run at once mix theirs up. They are the cause, which --debug shows.
      ...describeNoPicture(bytes, readable),
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

/** Some decoders hold all of a large picture, whatever is asked of them. */
function checkHeld({ width, height, format, isProgressive, chromaSubsampling }: Metadata, where: string): void {
  const size = { width, height };
  if (!streamed.includes(format)) checkSize(size, where, { most: mostWhole, kind: `a ${format} file` });
  if (isProgressive !== true) return;
  if (format === 'jpeg') {
    const most = mostOfProgressive[chromaSubsampling === '4:2:0' ? '4:2:0' : 'other'];
    checkSize(size, where, { most, kind: 'a progressive jpeg file' });
  } else {
    checkSize(size, where, { most: mostWhole, kind: `an interlaced ${format} file` });
  }
}

async function readWhole(file: OpenFile, about: Metadata): Promise<Pixels> {
  // Browsers do not turn WebP pictures.
  return readRgba(about.format === 'webp' ? file() : file().autoOrient(), about);
}

/**
 * A large JPEG, of which libjpeg gives the mean of every 8×8 pixels without computing them. sharp asks for that when the
 * picture is to become at least nine times smaller.
 */
function readJpegSmall(file: OpenFile, about: Metadata): Promise<Pixels> {
  const { width, height } = shrunkSize(about.autoOrient);
  return readRgba(file().autoOrient().resize(width, height, { fit: 'fill', kernel: 'linear' }), about);
}

/** Another large picture, some rows at a time. */
async function readBands(file: OpenFile, about: Metadata): Promise<Pixels> {
  const { width, height, orientation } = about;
  const small = new Shrinker(about);
  const rows = bandRows(about);
  for (let top = 0; top < height; top += rows) {
    small.add(await readRgba(file().extract({ left: 0, top, width, height: Math.min(rows, height - top) }), about));
  }
  const pixels = small.finish();
  return orientation === undefined ? pixels : turn(pixels, orientation);
}

/** A small picture turned as EXIF's orientation says. */
async function turn({ data, width, height }: Pixels, orientation: number): Promise<Pixels> {
  const sharp = await loadSharp();
  const file = await sharp(data, { raw: { width, height, channels: 4 } })
    .withMetadata({ orientation })
    .png()
    .toBuffer();
  return readRgba(sharp(file).autoOrient(), { space: 'srgb', hasProfile: false });
}

/** Runs a pipeline. CMYK without a profile is what browsers make of it. */
async function readRgba(
  pipeline: Sharp,
  { space, hasProfile }: Pick<Metadata, 'space' | 'hasProfile'>,
): Promise<Pixels> {
  const isPlainCmyk = space === 'cmyk' && hasProfile !== true;
  const { data, info } = await (isPlainCmyk
    ? pipeline.pipelineColourspace('cmyk').toColourspace('cmyk')
    : pipeline.toColourspace('srgb').ensureAlpha()
  )
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data: isPlainCmyk ? fromCmyk(data) : toRgba(data, channels), width, height };
}
