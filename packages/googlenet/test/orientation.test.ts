import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../src/index.js';
import { loadPixels } from '../src/preprocess/picture.js';

/** Levels of a picture of 3 columns and 2 rows, all different. */
const levels = [10, 60, 110, 160, 210, 250];

/** What a browser shows of it, by EXIF's orientation: columns and levels. */
const shown: Readonly<Record<number, readonly [columns: number, levels: readonly number[]]>> = {
  1: [3, [10, 60, 110, 160, 210, 250]],
  2: [3, [110, 60, 10, 250, 210, 160]],
  3: [3, [250, 210, 160, 110, 60, 10]],
  4: [3, [160, 210, 250, 10, 60, 110]],
  5: [2, [10, 160, 60, 210, 110, 250]],
  6: [2, [160, 10, 210, 60, 250, 110]],
  7: [2, [250, 110, 210, 60, 160, 10]],
  8: [2, [110, 250, 60, 210, 10, 160]],
};

/** A file of the levels as squares of `side` pixels. */
async function draw(orientation: number, format: 'png' | 'jpeg' | 'tiff' | 'webp', side = 16): Promise<Buffer> {
  const width = 3 * side;
  const data = Buffer.alloc(width * 2 * side);
  for (let y = 0; y < 2 * side; y++) {
    for (let column = 0; column < 3; column++) {
      const start = y * width + column * side;
      data.fill(levels[3 * Math.floor(y / side) + column], start, start + side);
    }
  }
  const drawn = sharp(data, { raw: { width, height: 2 * side, channels: 1 } }).withMetadata({ orientation });
  if (format === 'png') return drawn.png({ compressionLevel: 1 }).toBuffer();
  if (format === 'tiff') return drawn.tiff({ compression: 'none' }).toBuffer();
  return format === 'webp' ? drawn.webp({ lossless: true }).toBuffer() : drawn.jpeg({ quality: 100 }).toBuffer();
}

/** Columns and the levels in the middle of the squares. */
function look({ data, width, height }: Pixels): [number, number[]] {
  const columns = width > height ? 3 : 2;
  const side = width / columns;
  const middles = levels.map((_, i) => {
    const [x, y] = [(i % columns) + 0.5, Math.floor(i / columns) + 0.5].map((at) => Math.floor(at * side));
    return data[4 * (y * width + x)];
  });
  // A JPEG rounds.
  return [columns, middles.map((level) => levels.find((one) => Math.abs(one - level) <= 2) ?? level)];
}

describe.each(Object.keys(shown).map(Number))('EXIF orientation %d', (orientation) => {
  it.each(['png', 'jpeg', 'tiff'] as const)('of a %s is followed', async (format) => {
    expect(look(await loadPixels(await draw(orientation, format)))).toEqual(shown[orientation]);
  });

  it('of a WebP is not, as in browsers', async () => {
    expect(look(await loadPixels(await draw(orientation, 'webp')))).toEqual(shown[1]);
  });
});

describe('a large picture', () => {
  it.each([
    ['tiff', 2],
    ['tiff', 7],
    ['jpeg', 4],
    ['jpeg', 5],
  ] as const)(
    'that is a %s of EXIF orientation %d is turned, too',
    { timeout: 120_000 },
    async (format, orientation) => {
      const pixels = await loadPixels(await draw(orientation, format, 2010));
      expect(Math.max(pixels.width, pixels.height)).toBe(603);
      expect(look(pixels)).toEqual(shown[orientation]);
    },
  );
});
