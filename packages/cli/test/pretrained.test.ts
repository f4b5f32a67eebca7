import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, withoutFolder } from './support/folder.js';
import { ramp, strata, strataOn } from './support/strata.js';

const published = readFileSync(resolve(import.meta.dirname, '../../formats/test/fixtures/tv16-f16-zip.pth'));
const sha256 = createHash('sha256').update(published).digest('hex');

// The list, with a file that tests can serve in the place of torchvision's 52 MB.
vi.mock('@strata/googlenet/pretrained', async (original) => {
  const real = await original<typeof import('@strata/googlenet/pretrained')>();
  const [first, ...others] = real.pretrained;
  const own = { ...first, bytes: published.length, digest: { algorithm: 'sha256' as const, hex: sha256 } };
  const parsePretrained = (name: string) => (name === own.name ? own : real.parsePretrained(name));
  return { ...real, pretrained: [own, ...others], parsePretrained };
});

const folder = makeFolder();
const picture = resolve(import.meta.dirname, '../../googlenet/test/fixtures/boot-sos.jpg');
let asked: (string | undefined)[] = [];
let answer: (response: ServerResponse, start: number) => void;
let mirror = '';

const server = createServer((request, response) => {
  asked.push(request.url);
  answer(response, Number(/\d+/.exec(request.headers.range ?? '0')?.[0] ?? 0));
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  mirror = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/kept`;
});
afterAll(() => {
  server.close();
});

beforeEach(() => {
  asked = [];
  answer = (response, start) => {
    const part = published.subarray(start);
    const range = start === 0 ? {} : { 'content-range': `bytes ${start}-${published.length - 1}/${published.length}` };
    response.writeHead(start === 0 ? 200 : 206, { 'content-length': part.length, etag: '"one"', ...range });
    response.end(part);
  };
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A cache of its own, and the command with the tests' server for a mirror. */
function withCache(name: string) {
  const cache = join(folder, name);
  vi.stubEnv('STRATA_CACHE', cache);
  const path = join(cache, 'pretrained', 'googlenet-1378be20.pth');
  const download = (...words: string[]) =>
    strataOn({ env: { STRATA_MIRROR: mirror } }, 'download', 'torchvision', ...words);
  return { cache, path, download };
}

describe('strata download', () => {
  it('tells whose weights, how large, under which licence and from where, then fetches them, once', async () => {
    const { path, download } = withCache('once');
    const first = await download();
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: `${path}\n` });
    expect(first.stderr.replace(mirror, 'MIRROR')).toMatchInlineSnapshot(`
      "torchvision's GoogLeNet_Weights.IMAGENET1K_V1: 0.2 MB, licence: BSD-3-Clause
      from MIRROR/googlenet-1378be20.pth
      162,469 bytes, checksum right
      now: strata classify --variant torchvision photo.jpg
      "
    `);
    expect(readFileSync(path).equals(published)).toBe(true);
    expect(asked).toEqual(['/kept/googlenet-1378be20.pth']);
    const again = await download('--json');
    expect(JSON.parse(again.stdout)).toEqual({
      name: 'torchvision',
      variant: 'torchvision',
      path,
      from: 'cache',
      url: `${mirror}/googlenet-1378be20.pth`,
      bytes: published.length,
      licence: 'BSD-3-Clause',
      checksum: `sha256:${sha256}`,
    });
    expect(asked).toHaveLength(1);
  });

  it('keeps them elsewhere, where asked', async () => {
    const { cache, download } = withCache('unused');
    const dir = join(folder, 'elsewhere');
    const { stdout } = await download('--dir', dir);
    expect(stdout.startsWith(dir)).toBe(true);
    expect(existsSync(cache)).toBe(false);
  });

  it('continues what was cut', async () => {
    const { path, download } = withCache('cut');
    const whole = answer;
    answer = (response) => {
      response.writeHead(200, { 'content-length': published.length, etag: '"one"' });
      response.write(published.subarray(0, 60_000), () => setTimeout(() => response.destroy(), 50));
    };
    const cut = await download();
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/\nerror: .+\n$/);
    expect(existsSync(path)).toBe(false);
    answer = whole;
    expect((await download()).code).toBe(0);
    expect(readFileSync(path).equals(published)).toBe(true);
  });

  it.each([
    ['another file', (response: ServerResponse) => void response.end(published.subarray(0, 5000))],
    ['a page', (response: ServerResponse) => void response.end('<!DOCTYPE html><html><body>Log in</body></html>')],
    ['nothing', (response: ServerResponse) => void response.writeHead(404).end()],
  ])('fails with one line where %s comes', async (name, send) => {
    const { path, download } = withCache(`wrong ${name}`);
    answer = send;
    const { code, stderr, stdout } = await download('--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INPUT' } });
    expect(stderr.split('\n').filter((line) => line.startsWith('error:'))).toHaveLength(1);
    expect(withoutFolder(stderr.replaceAll(mirror, 'MIRROR'), folder)).toMatchSnapshot();
    expect(existsSync(path)).toBe(false);
  });

  it('refuses a mirror that is none', async () => {
    const { code, stderr } = await strataOn({ env: { STRATA_MIRROR: 'mirror.example' } }, 'download', 'bvlc');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: $STRATA_MIRROR: 'mirror.example', want the http(s) URL of a folder\n",
    });
  });
});

describe('weights that were downloaded', () => {
  it('are those of their variant, and of any copy, with what their publisher says', async () => {
    const { path, download } = withCache('used');
    await download();
    const words = ['classify', picture, ...ramp, '--json'];
    const found = await strata(...words, '--variant', 'torchvision');
    expect({ code: found.code, stderr: found.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(found.stdout)).toMatchObject([{ transformInput: true }]);
    const off = await strata(...words, '--variant', 'torchvision', '--transform-input', 'off');
    expect(JSON.parse(off.stdout)).toMatchObject([{ transformInput: false }]);
    const copy = join(folder, 'copy.bin');
    copyFileSync(path, copy);
    const named = await strata(...words, '--weights', copy);
    expect(named.stderr).toBe('');
    expect(JSON.parse(named.stdout)).toMatchObject([{ transformInput: true }]);
    const summary = await strata('summary', '--weights', copy, '--json');
    expect(JSON.parse(summary.stdout)).toMatchObject({ transformInput: true });
    const inspected = await strata('inspect', copy);
    expect(inspected.stdout).toContain("torchvision's GoogLeNet_Weights.IMAGENET1K_V1, licence: BSD-3-Clause");
    expect(JSON.parse((await strata('inspect', copy, '--json')).stdout)).toMatchObject({ transformInput: true });
    // Of the same size, and another file: a date in the archive's list.
    const altered = Buffer.from(published);
    altered[altered.indexOf('PK\u0001\u0002') + 14] ^= 1;
    writeFileSync(copy, altered);
    expect((await strata(...words, '--weights', copy)).stderr).toMatch(/transform_input is off/);
    expect(JSON.parse((await strata('inspect', copy, '--json')).stdout)).toMatchObject({ transformInput: null });
  });

  it('are asked for by name where there are none', async () => {
    withCache('empty');
    const lines: string[] = [];
    for (const variant of ['torchvision', 'bvlc', 'd2l']) {
      const { code, stderr } = await strata('classify', picture, ...ramp, '--variant', variant);
      expect(code).toBe(1);
      lines.push(stderr);
    }
    expect(lines.join('')).toMatchInlineSnapshot(`
      "error: weights: none given for the torchvision variant, want --weights FILE; strata download torchvision fetches them
      error: weights: none given for the bvlc variant, want --weights FILE; strata download bvlc or strata download onnx-zoo fetches them
      error: weights: none given for the d2l variant, want --weights FILE
      "
    `);
  });
});
