import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUrl } from '../src/download/urls.js';
import type { Picture } from '../src/index.js';
import { loadPixels } from '../src/preprocess/picture.js';
import { preprocess } from '../src/preprocess/preprocess.js';
import { Shrinker } from '../src/preprocess/shrink.js';
import { photograph } from './first8.js';
import { complaintOf } from './support/complaint.js';

let folder = '';
const boot = photograph(2, { width: 200, height: 140, scale: 5 });
const raw = { raw: { width: boot.width, height: boot.height, channels: 4 as const } };
const garment = { variant: 'seed' as const, input: [1, 96, 96] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-pictures-'));
  await sharp(boot.data, raw).png().toFile(join(folder, 'boot.png'));
});

afterAll(() => rm(folder, { recursive: true }));

const complaint = (work: Promise<unknown>) => complaintOf(work, folder, 'FOLDER');

describe('a picture can be', () => {
  it('a path, a file URL, bytes, a buffer, a Blob or pixels, all the same', async () => {
    const path = join(folder, 'boot.png');
    const bytes = await readFile(path);
    const buffer = Uint8Array.from(bytes).buffer;
    const want = await preprocess(boot, garment);
    const forms: Picture[] = [path, pathToFileURL(path), pathToFileURL(path).href, bytes, buffer, new Blob([buffer])];
    for (const form of forms) expect(await preprocess(form, garment)).toEqual(want);
    expect(want.shape).toEqual([1, 96, 96]);
  });

  it('at an address', async () => {
    const bytes = await readFile(join(folder, 'boot.png'));
    const server = createServer((request, response) => {
      if (request.url === '/boot.png') response.end(bytes);
      else response.writeHead(request.url === '/empty.png' ? 200 : 404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const local = (text: string) => text.replaceAll(String(port), 'PORT');
    try {
      expect(await preprocess(`http://127.0.0.1:${port}/boot.png`, garment)).toEqual(await preprocess(boot, garment));
      expect(local(await complaint(loadPixels(`http://127.0.0.1:${port}/shoe.png`)))).toMatchInlineSnapshot(
        `"InputError: http://127.0.0.1:PORT/shoe.png: HTTP 404 Not Found, want a picture file"`,
      );
      expect(local(await complaint(loadPixels(`http://127.0.0.1:${port}/empty.png`)))).toMatchInlineSnapshot(
        `"InputError: http://127.0.0.1:PORT/empty.png: an empty file, want a picture file"`,
      );
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    expect(local(await complaint(loadPixels(`http://127.0.0.1:${port}/boot.png`)))).toContain('no answer');
  });

  it('turned by its EXIF orientation', async () => {
    const [width, height] = [60, 40];
    const halves = Buffer.alloc(width * height * 3, 255);
    halves.fill(0, 0, (width * height * 3) / 2);
    const lying = await sharp(halves, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const upright = await loadPixels(lying);
    expect([upright.width, upright.height]).toEqual([40, 60]);
    // The dark half was above; turned a quarter clockwise it is on the right.
    const redAt = (x: number) => upright.data[4 * (30 * 40 + x)];
    expect(redAt(2)).toBeGreaterThan(200);
    expect(redAt(37)).toBeLessThan(50);
  });

  it('grey, grey with opacity, 16 bits deep or CMYK', async () => {
    const grey = sharp(boot.data, raw).removeAlpha().toColourspace('b-w');
    const forms = [
      await grey.clone().png().toBuffer(),
      await sharp(boot.data, raw).toColourspace('b-w').png().toBuffer(),
      await sharp(boot.data, raw).toColourspace('rgb16').png().toBuffer(),
      await sharp(boot.data, raw).removeAlpha().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
    ];
    const want = await preprocess(boot, garment);
    // CMYK without a profile is read as browsers do, which is not how sharp makes it.
    for (const form of forms) {
      const values = Array.from((await preprocess(form, garment)).data);
      const mean = values.reduce((sum, value, i) => sum + Math.abs(value - want.data[i]) / values.length, 0);
      expect(mean).toBeLessThan(form === forms.at(-1) ? 0.05 : 0.03);
    }
  });
});

describe('a JPEG as phones write it', () => {
  it('with a spectral end of 0 is read', async () => {
    const { width, height } = await loadPixels(fileURLToPath(new URL('fixtures/boot-sos.jpg', import.meta.url)));
    expect(Math.min(width, height)).toBeGreaterThan(100);
  });
});

describe('a large picture', () => {
  const [width, height] = [6080, 4080];
  const small = sharp(boot.data, raw).removeAlpha();
  const large = () => small.clone().resize(width, height, { fit: 'fill', kernel: 'cubic' });

  it('is taken at a tenth of its size, from any format alike', { timeout: 120_000 }, async () => {
    const flat = large();
    const forms = {
      jpeg: await flat.clone().jpeg().toBuffer(),
      png: await flat.clone().png({ compressionLevel: 1 }).toBuffer(),
    };
    const [jpeg, png] = [await loadPixels(forms.jpeg), await loadPixels(forms.png)];
    expect([jpeg.width, jpeg.height, png.width, png.height]).toEqual([608, 408, 608, 408]);
    const farthest = Uint8Array.from(jpeg.data).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - png.data[i])),
      0,
    );
    expect(farthest).toBeLessThanOrEqual(4);
    expect(await preprocess(forms.png, garment)).toMatchObject({ shape: [1, 96, 96] });
  });

  it('is turned upright', { timeout: 120_000 }, async () => {
    const png = await large().withMetadata({ orientation: 6 }).png({ compressionLevel: 1 }).toBuffer();
    const jpeg = await large().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    for (const file of [png, jpeg]) expect(await loadPixels(file)).toMatchObject({ width: 408, height: 608 });
  });

  it('keeps its opacity', () => {
    const picture = { width: 16, height: 8 };
    const data = new Uint8Array(4 * 16 * 8);
    // Left a square of half-opaque red, right nothing.
    for (let i = 0; i < 128; i++) if (i % 16 < 8) data.set([200, 10, 0, 128], 4 * i);
    const shrinker = new Shrinker(picture);
    shrinker.add({ ...picture, data });
    expect([...shrinker.finish().data]).toEqual([200, 10, 0, 128, 0, 0, 0, 0]);
  });

  it('is refused above the limits, which are told', async () => {
    const header = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    header.writeUInt32BE(20_000, 16);
    header.writeUInt32BE(20_000, 20);
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
    expect(await complaint(loadPixels(header))).toMatchInlineSnapshot(
      `"InputError: picture: 20,000×20,000 = 400,000,000 pixels, want at most 268,435,456; make it smaller first"`,
    );
    const webp = await large().webp({ effort: 0 }).toBuffer();
    expect(await complaint(loadPixels(webp))).toMatchInlineSnapshot(
      `"InputError: picture: 6,080×4,080 = 24,806,400 pixels, want at most 24,000,000 of a webp file, whose decoder holds all of it at once; make it smaller first"`,
    );
  });
});

describe('a picture that cannot be read gives one line', () => {
  it('files', async () => {
    const png = await readFile(join(folder, 'boot.png'));
    const jpeg = await sharp(boot.data, raw).jpeg().toBuffer();
    await writeFile(join(folder, 'empty.jpg'), '');
    await writeFile(join(folder, 'cut.png'), png.subarray(0, png.length / 2));
    await writeFile(join(folder, 'cut.jpg'), jpeg.subarray(0, jpeg.length / 2));
    await writeFile(join(folder, 'words.jpg'), 'These are words and no picture.');
    const names = ['missing.jpg', 'empty.jpg', 'cut.png', 'cut.jpg', 'words.jpg', ''];
    const told: Record<string, string> = {};
    for (const name of names) told[name] = await complaint(loadPixels(join(folder, name)));
    expect(told).toMatchInlineSnapshot(`
      {
        "": "InputError: FOLDER: a folder, want a picture file",
        "cut.jpg": "InputError: FOLDER/cut.jpg: a JPEG picture that is damaged or cut short, want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
        "cut.png": "InputError: FOLDER/cut.png: a PNG picture that is damaged or cut short, want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
        "empty.jpg": "InputError: FOLDER/empty.jpg: an empty file, want a picture file",
        "missing.jpg": "InputError: FOLDER/missing.jpg: no such file, want a picture file",
        "words.jpg": "InputError: FOLDER/words.jpg: a text that begins "These are words and no picture.", want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
      }
    `);
    for (const line of Object.values(told)) expect(line).not.toContain('\n');
  });

  it('bytes and pixels', async () => {
    expect(await complaint(loadPixels(new Uint8Array()))).toMatchInlineSnapshot(
      `"InputError: picture: no bytes, want a picture file"`,
    );
    const short = { data: new Uint8Array(12), width: 2, height: 2 };
    expect(await complaint(loadPixels(short))).toMatchInlineSnapshot(
      `"InputError: picture: 12 bytes for 2×2 pixels, want 16; pixels are red, green, blue, opacity"`,
    );
    expect(await complaint(loadPixels({ data: new Uint8Array(0), width: 0, height: 2 }))).toMatchInlineSnapshot(
      `"InputError: picture: pixels of 0×2, want bytes, and whole sizes from 1"`,
    );
    const odd: Picture = JSON.parse('{"width":2}');
    expect(await complaint(preprocess(odd, garment))).toMatchInlineSnapshot(
      `"InputError: picture: an Object, want a path, URL, bytes, RGBA pixels { data, width, height }, or a tensor"`,
    );
  });

  it('pictures for a network of other channels', async () => {
    expect(await complaint(preprocess(boot, { variant: 'seed', input: [4, 96, 96] }))).toMatchInlineSnapshot(
      `"InputError: picture: a picture for a network of 4 channels, want 1 or 3, as pre-processing makes them; give tensors instead"`,
    );
  });
});

describe('a file of another kind is named', () => {
  it.each([
    ['BMP', 'BM\x36\x01\0\0\0\0\0\0\x36\0\0\0', 'a BMP picture, which is not read here'],
    ['HEIC', '\0\0\0\u0018ftypheic', 'a HEIC picture, which is not read here'],
    ['PDF', '%PDF-1.7', 'a PDF, which is not read here'],
    ['LFS', 'version https://git-lfs.github.com/spec/v1', 'a Git LFS pointer'],
    ['page', '<!DOCTYPE html><p>Not found', 'an HTML page'],
    ['array', '\x93NUMPY\x01\0', 'a NumPy array (.npy)'],
    ['weights', '\x02\0\0\0\0\0\0\0{}', 'a safetensors file'],
    ['answer', 'Forbidden', 'a text that begins "Forbidden"'],
  ])('%s', async (_, start, name) => {
    const told = await complaint(loadPixels(Uint8Array.from(Buffer.from(start, 'latin1'))));
    expect(told.replace(', want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file', ' …')).toMatchSnapshot();
    expect(told).toContain(`InputError: picture: ${name}, want`);
  });
});

describe('a path', () => {
  it.each(['shot-10:33.png', 'C:\\shot.png', 'data:shot.png', 'a:b/c.png', 'file:shot.png'])('%s', (path) => {
    expect(isUrl(path)).toBe(false);
  });

  it.each(['http://a/b.png', 'HTTPS://a/b.png', 'file:///a.png', 'data:image/png;base64,AA', 'blob:nodedata:1'])(
    'is not %s',
    (url) => {
      expect(isUrl(url)).toBe(true);
    },
  );
});
