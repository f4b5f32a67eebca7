import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBackend } from '@strata/backend-onnx';
import { type GoogLeNet, loadGoogLeNet, type Picture } from '@strata/googlenet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { call } from './support/call.js';
import { withOrientation } from './support/orientation.js';

const samples = resolve(import.meta.dirname, '../../../packages/googlenet/samples');
const forms = [
  'url',
  'URL',
  'blob',
  'bytes',
  'imageBitmap',
  'imageElement',
  'imageElementResized',
  'canvas',
  'offscreenCanvas',
  'imageData',
] as const;

/** Decoders of JPEG may differ by a grey level or two (Debian's Chromium and sharp do not: 6e-9 was seen); of PNG they do not (7e-7). */
const limits = { jpg: 1e-3, png: 1e-4 };

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)('pictures in a page', { timeout: 120_000 }, () => {
  let folder: string;
  let open: OpenPage;
  let net: GoogLeNet;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-pictures-'));
    const boot = await readFile(join(samples, 'ankle-boot.jpg'));
    await writeFile(join(folder, 'turned.jpg'), withOrientation(boot, 6));
    await writeFile(join(folder, 'broken.png'), 'no picture');
    open = await openPage({
      entry: resolve(import.meta.dirname, 'fixtures/page.ts'),
      // A picture from elsewhere would not even load on an isolated page.
      isolated: false,
      folders: { '/samples/': samples, '/made/': folder },
    });
    net = await loadGoogLeNet({ backend: await createBackend({ device: 'wasm' }) });
  });
  afterAll(async () => {
    await net?.dispose();
    await net?.backend.dispose();
    await open?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const inNode = async (picture: Picture) => {
    const found = await net.classify(picture, { top: net.labels.length });
    return found.sort((a, b) => a.index - b.index).map(({ probability }) => probability);
  };

  it('lists here the forms that the page tries', async () => {
    expect(await call(open, 'forms')).toEqual(forms);
  });

  it.each(forms)('%s of a JPEG and of a PNG are classified as in Node', async (form) => {
    for (const [name, limit] of [
      ['ankle-boot.jpg', limits.jpg],
      ['bag.png', limits.png],
    ] as const) {
      const got = await call(open, 'classify', form, `/samples/${name}`);
      expect(farthest(got, await inNode(join(samples, name)))).toBeLessThan(limit);
    }
  });

  it('all samples are classified as in Node', async () => {
    const seen = { jpg: 0, png: 0 };
    for (const name of (await readdir(samples)).filter((file) => /\.(jpg|png)$/.test(file))) {
      const kind = name.endsWith('.jpg') ? 'jpg' : 'png';
      const got = await call(open, 'classify', 'blob', `/samples/${name}`);
      seen[kind] = Math.max(seen[kind], farthest(got, await inNode(join(samples, name))));
    }
    console.info(`largest difference of a probability from Node's: JPEG ${seen.jpg}, PNG ${seen.png}`);
    expect(seen.jpg).toBeLessThan(limits.jpg);
    expect(seen.png).toBeLessThan(limits.png);
  });

  it.each(['url', 'blob', 'imageBitmap', 'imageElement'] as const)('%s is turned upright', async (form) => {
    const turned = await inNode(join(folder, 'turned.jpg'));
    expect(farthest(turned, await inNode(join(samples, 'ankle-boot.jpg')))).toBeGreaterThan(0.1);
    const got = await call(open, 'classify', form, '/made/turned.jpg');
    expect(farthest(got, turned)).toBeLessThan(limits.jpg);
  });

  it('lets white shine through what is transparent', async () => {
    const png = Buffer.from(await call(open, 'transparentPng'), 'base64');
    await writeFile(join(folder, 'transparent.png'), png);
    const want = await inNode(png);
    for (const form of ['url', 'imageElement', 'canvas'] as const) {
      const got = await call(open, 'classify', form, '/made/transparent.png');
      expect(farthest(got, want)).toBeLessThan(limits.jpg);
    }
  });

  it('says why something is no picture', async () => {
    const elsewhere = `${open.url.replace('127.0.0.1', 'localhost')}samples/bag.png`;
    expect({
      loading: await call(open, 'refuse', 'loading', '/samples/bag.png?slow'),
      broken: await call(open, 'refuse', 'broken', '/made/broken.png'),
      foreign: await call(open, 'refuse', 'foreign', elsewhere),
      closed: await call(open, 'refuse', 'closed', '/samples/bag.png'),
      text: await call(open, 'refuse', 'text', ''),
    }).toMatchInlineSnapshot(`
      {
        "broken": "InputError: picture: 0×0 pixels, want a picture that has loaded; await image.decode() first",
        "closed": "InputError: picture: 0×0 pixels, want a picture that has loaded",
        "foreign": "InputError: picture: pixels that the browser does not give (Failed to execute 'getImageData' on 'OffscreenCanvasRenderingContext2D': The canvas has been tainted by cross-origin data.), want a picture of this page, or one that its server lets other pages read; set crossOrigin = "anonymous" on an image from another server, before its src",
        "loading": "InputError: picture: an image element that is still loading, want a picture that has loaded; await image.decode() first",
        "text": "InputError: picture: no readable picture (The source image could not be decoded.), want a whole picture file of a kind that this browser shows",
      }
    `);
  });
});

function farthest(got: readonly number[], want: readonly number[]): number {
  expect(got).toHaveLength(want.length);
  return Math.max(...got.map((value, index) => Math.abs(value - want[index])));
}
