import { createServer, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tensor } from '@strata/core';
import { writeSafetensors } from '@strata/formats/safetensors';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import type { DownloadsApi } from './fixtures/downloads.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

/** Half a megabyte that is not the same everywhere. */
const weights = Buffer.from(
  writeSafetensors({
    'fc.weight': tensor(
      [128, 1024],
      Float32Array.from({ length: 128 * 1024 }, (_, i) => Math.sin(i)),
    ),
    'fc.bias': tensor([128], new Float32Array(128)),
  }),
);
const shared = { 'access-control-allow-origin': '*', 'content-length': weights.length };
const dated = { ...shared, etag: '"one"', 'last-modified': 'Sat, 28 Nov 2026 10:00:00 GMT' };

describe.skipIf(missing)('downloads in a page', { timeout: 120_000 }, () => {
  let open: OpenPage;
  let server: Server;
  let address = '';
  /** Method, path and status of what the other server was asked. */
  let asked: string[] = [];
  let answer: (response: ServerResponse, condition: string | undefined) => void;

  beforeAll(async () => {
    open = await openPage({ entry: resolve(import.meta.dirname, 'fixtures/downloads.ts'), isolated: false });
  });
  afterAll(() => open?.close());

  beforeEach(async () => {
    asked = [];
    answer = (response, condition) => {
      if (condition === '"one"') response.writeHead(304, dated).end();
      else response.writeHead(200, dated).end(weights);
    };
    server = createServer((request, response) => {
      response.on('close', () => asked.push(`${request.method} ${request.url} ${response.statusCode}`));
      answer(response, request.headers['if-none-match']);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`;
    await open.page.goto(open.url);
    await open.page.evaluate("caches.delete('strata')");
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const call = <Name extends keyof DownloadsApi>(
    name: Name,
    ...given: Parameters<DownloadsApi[Name]>
  ): Promise<Awaited<ReturnType<DownloadsApi[Name]>>> =>
    open.page.evaluate(`strata.${name}(...${JSON.stringify(given)}.map((one) => one ?? undefined))`);

  it('the shipped weights are told in bytes, and sent once', async () => {
    const statuses: number[] = [];
    open.page.on('response', (response) => {
      if (response.url().endsWith('.safetensors')) statuses.push(response.status());
    });
    const first = await call('read', undefined);
    const bytes = first.download?.bytes ?? 0;
    expect(first.download).toMatchObject({ from: 'server', kept: true });
    expect(first.steps.length).toBeGreaterThan(1);
    // Vite's preview compresses while it sends.
    expect(new Set(first.steps.slice(0, -1).map(([, total]) => total))).toEqual(new Set([undefined]));
    expect(first.steps.at(-1)).toEqual([bytes, bytes]);
    await open.page.reload();
    const second = await call('read', undefined);
    expect(second).toMatchObject({ classes: 10, steps: [], download: { from: 'cache', bytes } });
    expect(statuses).toEqual([200, 304]);
  });

  it("another server's are kept, too, without asking it for leave", async () => {
    const first = await call('read', `${address}w`);
    expect(first).toMatchObject({ classes: 128, download: { from: 'server', kept: true }, kept: [`${address}w`] });
    expect(first.steps.at(-1)).toEqual([weights.length, weights.length]);
    await open.page.reload();
    expect(await call('read', `${address}w`)).toMatchObject({ classes: 128, steps: [], download: { from: 'cache' } });
    // The browser's own cache asks with the tag, which the page may not see.
    expect(asked).toEqual(['GET /w 200', 'GET /w 304']);
    answer = (response) => {
      response.writeHead(200, { ...dated, etag: '"two"', 'last-modified': 'Sat, 28 Nov 2026 11:00:00 GMT' });
      response.end(weights);
    };
    expect((await call('read', `${address}w`)).download?.from).toBe('server');
  });

  it('what another server sends is left there when the head says that the copy is current', async () => {
    let sent = 0;
    answer = (response) => {
      response.writeHead(200, { ...dated, 'cache-control': 'no-cache' });
      const timer = setInterval(() => {
        const piece = weights.subarray(sent, sent + 8192);
        sent += piece.length;
        if (piece.length > 0) response.write(piece);
        else response.end();
      }, 5);
      response.on('close', () => clearInterval(timer));
    };
    await call('read', `${address}w`, { cache: 'reload' });
    const whole = sent;
    sent = 0;
    expect((await call('read', `${address}w`)).download?.from).toBe('cache');
    await expect.poll(() => asked.length, { timeout: 30_000 }).toBe(2);
    expect(whole).toBe(weights.length);
    expect(sent).toBeLessThan(weights.length / 2);
  });

  it('a copy serves where the server is gone, and says so', async () => {
    await call('read', `${address}w`);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect(await call('read', `${address}w`)).toMatchObject({
      classes: 128,
      download: {
        from: 'cache',
        trouble: expect.stringMatching(/^not known to be current, for the server does not answer: Failed to fetch/),
      },
    });
  });

  it.each([
    [
      'no Cache API',
      "Object.defineProperty(globalThis, 'caches', { value: undefined })",
      /^not kept: no Cache API here; pages have it/,
    ],
    [
      'no permission',
      "CacheStorage.prototype.open = async () => { throw new DOMException('denied', 'SecurityError') }",
      /^not kept: denied$/,
    ],
    [
      'no room',
      "Cache.prototype.put = async () => { throw new DOMException('quota', 'QuotaExceededError') }",
      /^not kept: quota$/,
    ],
  ])('%s stops nothing, and is told', async (_, breaking, trouble) => {
    await open.page.evaluate(`void (${breaking})`);
    expect(await call('read', `${address}w`)).toMatchObject({
      classes: 128,
      download: { from: 'server', kept: false, trouble: expect.stringMatching(trouble) },
    });
  });

  it('compressed ones have no total once there are more bytes than the server told', async () => {
    const zipped = gzipSync(Buffer.concat([weights]));
    answer = (response) =>
      response.writeHead(200, { ...shared, 'content-encoding': 'gzip', 'content-length': zipped.length }).end(zipped);
    const { steps } = await call('read', `${address}w`);
    expect(steps.every(([done, total]) => total === undefined || done <= total)).toBe(true);
    expect(steps.at(-1)).toEqual([weights.length, weights.length]);
  });

  it('cut and unwanted ones leave nothing', async () => {
    answer = (response) => {
      response.writeHead(200, dated);
      response.write(weights.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 100));
    };
    expect(await call('read', `${address}w`)).toMatchObject({
      complaint: `WeightsError: ${address}w: a connection that ended after 200000 of ${weights.length} bytes, want the whole file; try again`,
      kept: [],
    });
    answer = (response) => void response.writeHead(200, dated).write(weights.subarray(0, 200_000));
    expect(await call('read', `${address}v`, { stopAfter: 100 })).toMatchObject({
      complaint: 'Error: enough',
      kept: [],
    });
    await expect.poll(() => asked.length, { timeout: 30_000 }).toBe(2);
  });

  it.each(['blob', 'data'] as const)('%s URLs are neither told nor kept', async (kind) => {
    const read = await call('readOwn', kind, `${address}w`);
    expect(read).toMatchObject({ classes: 128, steps: [], kept: [] });
    expect(read.download).toBeUndefined();
  });
});
