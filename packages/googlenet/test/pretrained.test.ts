import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  downloadPretrained,
  findPretrained,
  type Pretrained,
  parsePretrained,
  pretrained,
} from '../src/pretrained/index.js';
import { complaintOf } from './support/complaint.js';
import { serve, type TestServer } from './support/serve.js';
import { weightsOf } from './support/weights-site.js';

const body = weightsOf(40);
const other = weightsOf(41);
const published: Pretrained = {
  ...parsePretrained('torchvision'),
  file: 'w.pth',
  bytes: body.length,
  digest: { algorithm: 'sha256', hex: createHash('sha256').update(body).digest('hex') },
};

let cacheFolder = '';
let server: TestServer;
/** What the server has. */
let content: Buffer;
let headers: Readonly<Record<string, string>>;
/** Cuts the connection after so many bytes of a body. */
let cutAfter: number | undefined;
/** Whether the server knows ranges, and `if-range`. */
let knowsRanges: boolean;
let answer: ((response: ServerResponse) => void) | undefined;
/** The conditions of the requests. */
let conditions: (string | undefined)[];

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'strata-pretrained-'));
  [content, headers, cutAfter, knowsRanges, answer, conditions] = [
    body,
    { etag: '"one"' },
    undefined,
    true,
    undefined,
    [],
  ];
  server = await serve(send);
});

afterEach(async () => {
  await server.close();
  await rm(cacheFolder, { recursive: true, force: true });
});

function send(request: IncomingMessage, response: ServerResponse): void {
  if (answer !== undefined) {
    answer(response);
    return;
  }
  const condition = request.headers['if-range']?.toString();
  conditions.push(condition);
  const isSame = condition === undefined || condition === headers.etag || condition === headers['last-modified'];
  const { range } = request.headers;
  const start = knowsRanges && isSame && range !== undefined ? Number(/\d+/.exec(range)?.[0]) : 0;
  const rest = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': rest.length,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    ...headers,
  });
  if (cutAfter === undefined) response.end(rest);
  else response.write(rest.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50));
}

const fetchIt = (options = {}) =>
  downloadPretrained(published, { cacheFolder, url: `${server.address}w.pth`, ...options });
const complaint = async (work: Promise<unknown>) =>
  (await complaintOf(work, server.address, 'ADDRESS/')).replaceAll(cacheFolder, 'CACHE');
const kept = async () => (await readdir(join(cacheFolder, 'pretrained'))).sort();

/** Leaves the first 60,000 bytes. */
async function cut(): Promise<void> {
  cutAfter = 60_000;
  await fetchIt().catch(() => {});
  cutAfter = undefined;
}

describe('downloadPretrained', () => {
  it('fetches a file once, tells how far it is, and finds it again', async () => {
    const steps: (readonly [number, number | undefined])[] = [];
    expect(await findPretrained('torchvision', cacheFolder)).toBeUndefined();
    const onProgress = (done: number, total: number | undefined) => steps.push([done, total]);
    const made = await fetchIt({ onProgress });
    expect(made).toEqual({ path: join(cacheFolder, 'pretrained', 'w.pth'), pretrained: published, from: 'server' });
    expect(Buffer.compare(await readFile(made.path), body)).toBe(0);
    expect(steps.at(-1)).toEqual([body.length, body.length]);
    expect(await kept()).toEqual(['w.pth']);
    expect((await fetchIt()).from).toBe('cache');
    expect(server.requests).toEqual(['/w.pth']);
  });

  it('continues after a cut, if the file is still the same', async () => {
    cutAfter = 60_000;
    expect(await complaint(fetchIt())).toBe(
      `InputError: ADDRESS/w.pth: a connection that ended after 60000 of ${body.length} bytes, want the whole file; try again: it continues where it stopped`,
    );
    expect(await kept()).toEqual(['w.pth.part', 'w.pth.part.json']);
    cutAfter = undefined;
    const steps: number[] = [];
    await fetchIt({ onProgress: (done: number) => steps.push(done) });
    expect(steps[0]).toBeGreaterThan(60_000);
    expect(server.requests).toEqual(['/w.pth', '/w.pth bytes=60000-']);
    expect(conditions).toEqual([undefined, '"one"']);
    expect(await kept()).toEqual(['w.pth']);
  });

  it.each([
    ['a date', { 'last-modified': 'Tue, 01 Jul 2025 10:00:00 GMT' }, 'Tue, 01 Jul 2025 10:00:00 GMT'],
    ['a weak tag, which says nothing of bytes', { etag: 'W/"one"' }, undefined],
    [
      'a weak tag and a date',
      { etag: 'W/"one"', 'last-modified': 'Tue, 01 Jul 2025 10:00:00 GMT' },
      'Tue, 01 Jul 2025 10:00:00 GMT',
    ],
    ['nothing', {}, undefined],
  ])('continues by %s', async (_, given, condition) => {
    headers = { ...given };
    await cut();
    expect((await fetchIt()).from).toBe('server');
    expect(conditions).toEqual([undefined, condition]);
    expect(server.requests[1]).toBe('/w.pth bytes=60000-');
    expect(Buffer.compare(await readFile(join(cacheFolder, 'pretrained', 'w.pth')), body)).toBe(0);
  });

  it('begins again where the file has changed meanwhile', async () => {
    [content, headers] = [other, { etag: '"old"' }];
    await cut();
    [content, headers] = [body, { etag: '"one"' }];
    await fetchIt();
    expect(conditions).toEqual([undefined, '"old"']);
    expect(Buffer.compare(await readFile(join(cacheFolder, 'pretrained', 'w.pth')), body)).toBe(0);
  });

  it('begins again where the server tells only by its tag that the file has changed', async () => {
    [content, headers] = [other, { etag: '"old"', 'last-modified': 'x' }];
    await cut();
    const part = join(cacheFolder, 'pretrained', 'w.pth.part.json');
    // As a server that ignores the condition answers.
    await writeFile(part, (await readFile(part, 'utf8')).replace('\\"old\\"', 'W/\\"old\\"'));
    [content, headers] = [body, { etag: '"one"', 'last-modified': 'x' }];
    await fetchIt();
    expect(server.requests).toEqual(['/w.pth', '/w.pth bytes=60000-', '/w.pth']);
    expect(await kept()).toEqual(['w.pth']);
  });

  it('begins again where the server knows no ranges', async () => {
    await cut();
    knowsRanges = false;
    const steps: number[] = [];
    await fetchIt({ onProgress: (done: number) => steps.push(done) });
    expect(steps[0]).toBeLessThanOrEqual(body.length);
    expect(Buffer.compare(await readFile(join(cacheFolder, 'pretrained', 'w.pth')), body)).toBe(0);
  });

  it('refuses a file of another checksum, and keeps nothing of it', async () => {
    content = other;
    const found = createHash('sha256').update(other).digest('hex');
    expect(await complaint(fetchIt())).toBe(
      `InputError: ADDRESS/w.pth: SHA-256 ${found}, want ${published.digest.hex}; the download was damaged, or the file has changed; try again`,
    );
    expect(await kept()).toEqual([]);
  });

  it('knows SHA-1, too', async () => {
    const sha1 = { algorithm: 'sha1', hex: createHash('sha1').update(body).digest('hex') } as const;
    const url = `${server.address}w.pth`;
    expect((await downloadPretrained({ ...published, digest: sha1 }, { cacheFolder, url })).from).toBe('server');
    const wrong = { ...sha1, hex: '0'.repeat(40) };
    expect(await complaint(downloadPretrained({ ...published, digest: wrong }, { cacheFolder, url }))).toContain(
      `SHA-1 ${sha1.hex}, want ${wrong.hex};`,
    );
  });

  it('names a page in place of the file, and keeps what was here', async () => {
    await cut();
    answer = (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><p>Sign in</p>');
    expect(await complaint(fetchIt())).toContain('InputError: ADDRESS/w.pth: an HTML page, want w.pth; a server may');
    expect(await kept()).toEqual(['w.pth.part', 'w.pth.part.json']);
    answer = undefined;
    await fetchIt();
    expect(server.requests.at(-1)).toBe('/w.pth bytes=60000-');
  });

  it('names what else a server sends', async () => {
    answer = (response) => response.end('version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n');
    expect(await complaint(fetchIt())).toContain('ADDRESS/w.pth: a Git LFS pointer, want w.pth; ');
    answer = (response) => response.writeHead(404).end('no');
    expect(await complaint(fetchIt())).toBe('InputError: ADDRESS/w.pth: HTTP 404 Not Found, want w.pth');
    answer = (response) => response.end();
    expect(await complaint(fetchIt())).toContain('InputError: ADDRESS/w.pth: ');
    expect(await kept()).toEqual([]);
    expect(await complaint(fetchIt({ url: 'http://127.0.0.1:9/w.pth' }))).toMatch(
      /no answer \(.+\), want w\.pth; check the connection and try again, or put the file there yourself: CACHE.pretrained.w\.pth$/,
    );
  });

  it('tells a full disk, and a folder that cannot be', async () => {
    await writeFile(join(cacheFolder, 'file'), '');
    expect(await complaint(fetchIt({ cacheFolder: join(cacheFolder, 'file') }))).toBe(
      'InputError: CACHE/file/pretrained: a file where a folder should be, want a file to write; name another folder, or make room',
    );
    if (!existsSync('/dev/full')) return console.warn('no /dev/full here: a full disk is not tried');
    await mkdir(join(cacheFolder, 'pretrained'));
    await symlink('/dev/full', join(cacheFolder, 'pretrained', 'w.pth.part'));
    expect(await complaint(fetchIt())).toBe(
      'InputError: CACHE/pretrained/w.pth.part: no space left, want a file to write; name another folder, or make room',
    );
  });

  it('stops when it is told to, and continues later', async () => {
    const controller = new AbortController();
    cutAfter = 60_000;
    const onProgress = () => controller.abort();
    await expect(fetchIt({ signal: controller.signal, onProgress })).rejects.toThrow('aborted');
    cutAfter = undefined;
    expect(await kept()).toEqual(['w.pth.part', 'w.pth.part.json']);
    await fetchIt();
    expect(server.requests[1]).toMatch(/^\/w\.pth bytes=\d+-$/);
    await expect(fetchIt({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  it('may be done by several at once', async () => {
    const all = await Promise.all([fetchIt(), fetchIt(), fetchIt()]);
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect(Buffer.compare(await readFile(all[0].path), body)).toBe(0);
  });
});

describe('what is published', () => {
  it('has an address, a checksum, a size and a licence each', () => {
    expect(pretrained.map(({ name, variant }) => `${name} ${variant}`)).toEqual([
      'torchvision torchvision',
      'bvlc bvlc',
      'onnx-zoo bvlc',
    ]);
    for (const { url, file, bytes, licence, digest } of pretrained) {
      expect(new URL(url).pathname.endsWith(`/${file}`)).toBe(true);
      expect(bytes).toBeGreaterThan(20e6);
      expect(licence).not.toBe('');
      expect(digest.hex).toMatch({ md5: /^never$/, sha1: /^[\da-f]{40}$/, sha256: /^[\da-f]{64}$/ }[digest.algorithm]);
    }
    // torchvision's file has the first eight digits in its name.
    const { file, digest, transformInput } = parsePretrained('torchvision');
    expect(file).toBe(`googlenet-${digest.hex.slice(0, 8)}.pth`);
    expect([transformInput, parsePretrained('bvlc').transformInput]).toEqual([true, false]);
  });

  it('is asked for by name', async () => {
    await expect(downloadPretrained('tv', { cacheFolder })).rejects.toThrow(
      "pretrained: 'tv', want torchvision, bvlc, onnx-zoo",
    );
  });

  it('is found by variant, the preferred first', async () => {
    await mkdir(join(cacheFolder, 'pretrained'));
    await writeFile(join(cacheFolder, 'pretrained', 'googlenet-12.onnx'), '');
    expect((await findPretrained('bvlc', cacheFolder))?.pretrained.name).toBe('onnx-zoo');
    await writeFile(join(cacheFolder, 'pretrained', 'bvlc_googlenet.caffemodel'), '');
    expect((await findPretrained('bvlc', cacheFolder))?.path).toBe(
      join(cacheFolder, 'pretrained', 'bvlc_googlenet.caffemodel'),
    );
    expect(await findPretrained('seed', cacheFolder)).toBeUndefined();
  });
});
