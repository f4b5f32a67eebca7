import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../src/index.js';
import { loadPixels } from '../src/preprocess/picture.js';
import { preprocess } from '../src/preprocess/preprocess.js';
import { photograph } from './first8.js';

let folder = '';
const boot = photograph(2, { width: 200, height: 140, scale: 5 });
const raw = { raw: { width: boot.width, height: boot.height, channels: 4 as const } };
const garment = { variant: 'seed' as const, input: [1, 96, 96] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-pictures-'));
  await sharp(boot.data, raw).png().toFile(join(folder, 'boot.png'));
});

afterAll(() => rm(folder, { recursive: true }));

/** The message with the temporary folder taken out. */
async function complaint(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? `${error.name}: ${error.message.replaceAll(folder, 'FOLDER')}` : String(error);
}

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

  it('lying on its side, as EXIF says', async () => {
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
    for (const form of forms) {
      const values = Array.from((await preprocess(form, garment)).data);
      const mean = values.reduce((sum, value, i) => sum + Math.abs(value - want.data[i]) / values.length, 0);
      expect(mean).toBeLessThan(0.03);
    }
  });
});

describe('what can not be read is told in one line', () => {
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
        "cut.jpg": "InputError: FOLDER/cut.jpg: no readable picture, or a part of one, want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
        "cut.png": "InputError: FOLDER/cut.png: no readable picture, or a part of one, want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
        "empty.jpg": "InputError: FOLDER/empty.jpg: an empty file, want a picture file",
        "missing.jpg": "InputError: FOLDER/missing.jpg: no such file, want a picture file",
        "words.jpg": "InputError: FOLDER/words.jpg: no readable picture, or a part of one, want a whole JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG file",
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
      `"InputError: picture: an object of another kind, want a path, URL, bytes, RGBA pixels { data, width, height }, or a tensor"`,
    );
  });

  it('pictures for a network of other channels', async () => {
    expect(await complaint(preprocess(boot, { variant: 'seed', input: [3, 96, 96] }))).toMatchInlineSnapshot(
      `"InputError: picture: a picture for a network of 3 channels, want 1, as pre-processing for seed makes them; give tensors instead"`,
    );
  });
});

describe('ImageNet pre-processing', () => {
  const colours = { data: new Uint8Array(4 * 100 * 60), width: 100, height: 60 };
  for (let i = 0; i < 6000; i++) colours.data.set([255, 128, 0, 255], 4 * i);

  it('of torchvision', async () => {
    const { shape, data } = await preprocess(colours, { variant: 'torchvision', input: [3, 224, 224] });
    expect(shape).toEqual([3, 224, 224]);
    expect(data[0]).toBeCloseTo((1 - 0.485) / 0.229, 4);
    expect(data[224 * 224]).toBeCloseTo((128 / 255 - 0.456) / 0.224, 4);
    expect(data[2 * 224 * 224 + 99]).toBeCloseTo((0 - 0.406) / 0.225, 4);
  });

  it('of bvlc: blue first', async () => {
    const { data } = await preprocess(colours, { variant: 'bvlc', input: [3, 64, 48] });
    expect(data).toHaveLength(3 * 64 * 48);
    for (const [channel, want] of [0 - 104, 128 - 117, 255 - 123].entries()) {
      expect(data[channel * 64 * 48 + 5]).toBeCloseTo(want, 3);
    }
  });

  it('takes the middle', async () => {
    // 512×256, columns count up: the shorter side is 256 already, so columns (512 − 224) / 2 = 144 to 367 are left.
    const wide = { data: new Uint8Array(4 * 512 * 256).fill(255), width: 512, height: 256 };
    for (let i = 0; i < 512 * 256; i++) wide.data[4 * i] = (i % 512) / 2;
    const { data } = await preprocess(wide, { variant: 'bvlc', input: [3, 224, 224] });
    const red = data.subarray(2 * 224 * 224).map((value) => value + 123);
    expect(red[0]).toBeCloseTo(72, 3);
    expect(red[223]).toBeCloseTo(183, 3);
  });
});
