import type { Shape } from '@strata/core';
import type { Variant } from '@strata/googlenet';
import fc from 'fast-check';
import sharp from 'sharp';
import { withOrientation } from './orientation.js';

/** How a picture's file is made. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly kind: 'rgb' | 'rgba' | 'grey' | 'grey-alpha' | 'palette' | 'jpeg' | 'jpeg-444' | 'jpeg-grey';
  /** As EXIF has it: 1 upright, to 8. */
  readonly orientation: number;
  /** Whether the opacity is 0 or 255, or anything. */
  readonly opacity: 'holes' | 'all';
  /** 0 for one colour and its shades, 255 for noise of all colours. */
  readonly spread: number;
}

/** From 1 to 5,000 pixels a side, at most 150,000 in all: encoding and sending them takes most of the time. */
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.boolean())
  .map(([long, other, tall]) => {
    const short = Math.min(other, Math.max(1, Math.floor(150_000 / long)));
    return tall ? { width: short, height: long } : { width: long, height: short };
  });

export const pictures: fc.Arbitrary<Drawn> = fc
  .record({
    size: sizes,
    seed: fc.nat(),
    kind: fc.constantFrom<Drawn['kind'][]>(
      'rgb',
      'rgba',
      'grey',
      'grey-alpha',
      'palette',
      'jpeg',
      'jpeg-444',
      'jpeg-grey',
    ),
    orientation: fc.integer({ min: 1, max: 8 }),
    opacity: fc.constantFrom<Drawn['opacity'][]>('holes', 'all'),
    spread: fc.constantFrom(0, 20, 255),
  })
  .map(({ size, ...others }) => ({ ...size, ...others }));

/** What each variant makes of it, at small sizes that are no fractions of one another. */
export const inputs = [
  ['seed', [1, 29, 31]],
  ['bvlc', [3, 32, 40]],
  ['torchvision', [3, 40, 33]],
] as const satisfies (readonly [Variant, Shape])[];

/** The file. A third of its middle is another colour, so that there may be a garment to find. */
export async function encode(drawn: Drawn): Promise<Uint8Array> {
  const { width, height, kind, orientation } = drawn;
  const all = sharp(drawPixels(drawn), { raw: { width, height, channels: 4 } });
  const hasAlpha = kind === 'rgba' || kind === 'grey-alpha';
  const image = hasAlpha ? all : all.removeAlpha();
  if (kind.startsWith('jpeg')) {
    const jpeg = (kind === 'jpeg-grey' ? image.toColourspace('b-w') : image).jpeg({
      quality: 90,
      chromaSubsampling: kind === 'jpeg' ? '4:2:0' : '4:4:4',
    });
    return withOrientation(await jpeg.toBuffer(), orientation);
  }
  const png = (kind.startsWith('grey') ? image.toColourspace('b-w') : image).withMetadata({ orientation });
  return png.png({ compressionLevel: 1, ...(kind === 'palette' ? { palette: true, colours: 64 } : {}) }).toBuffer();
}

function drawPixels({ width, height, seed, opacity, spread }: Drawn): Uint8Array {
  const data = new Uint8Array(4 * width * height);
  let state = seed | 1;
  const draw = () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return state >>> 24;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = Math.abs(3 * x - 1.5 * width) < width / 2 && Math.abs(3 * y - 1.5 * height) < height / 2;
      const base = inside ? 60 : 230;
      const colour = [0, 1, 2].map(() => Math.min(255, Math.max(0, base + (((draw() - 128) * spread) >> 8))));
      const alpha = draw();
      data.set([...colour, opacity === 'all' ? alpha : alpha < 40 ? 0 : 255], 4 * (y * width + x));
    }
  }
  return data;
}

/**
 * Levels of 255 by which the pixels of two decoders may differ, by the standards. PNG is exact, but canvases keep colours
 * times opacity in whole levels, which rounds twice. Of JPEG, ISO 10918-2 and IEEE 1180 allow an inverse transform one
 * level, and a level of Y with 1.772 of a level of Cb (1.402 of Cr) makes 2.8, rounded to 3.
 */
export function levelsApart({ kind, opacity }: Drawn): number {
  if (kind.startsWith('jpeg')) return 3;
  return (kind === 'rgba' || kind === 'grey-alpha') && opacity === 'all' ? 1 : 0;
}
