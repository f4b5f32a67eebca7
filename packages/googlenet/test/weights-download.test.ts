import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonOf } from '../src/download/answer.js';
import { loadGoogLeNet, readCheckpoint } from '../src/index.js';
import { createFakeBackend } from './fake-backend.js';
import { WeightsSite, weightsOf } from './support/weights-site.js';

let site: WeightsSite;
beforeEach(async () => {
  site = await WeightsSite.open();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  return site.close();
});

describe('weights over HTTP', () => {
  it('are told in bytes, then compiling in steps', async () => {
    site.answer = async (_, response) => {
      response.writeHead(200, { 'content-length': shipped.length });
      for (let start = 0; start < shipped.length; start += 4_000_000) {
        response.write(shipped.subarray(start, start + 4_000_000));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      response.end();
    };
    const shipped = await readFile(new URL('../weights/seed-fashion-mnist.safetensors', import.meta.url));
    const steps: [number, number | undefined, string][] = [];
    const net = await loadGoogLeNet({
      backend: createFakeBackend().backend,
      weights: `${site.address}w.safetensors`,
      cacheFolder: site.folder,
      onProgress: (...step) => steps.push(step),
    });
    const bytes = steps.filter(([, , stage]) => stage === 'download');
    expect(bytes.length).toBeGreaterThan(2);
    expect(bytes.every(([done, total], index) => done > (bytes[index - 1]?.[0] ?? 0) && total === shipped.length)).toBe(
      true,
    );
    expect(bytes.at(-1)).toEqual([shipped.length, shipped.length, 'download']);
    expect(steps.slice(bytes.length).every(([, , stage]) => stage === 'compile')).toBe(true);
    expect(net.labels[9]).toBe('Ankle boot');
    expect(net.download).toMatchObject({ from: 'server', bytes: shipped.length });
    const local = await loadGoogLeNet({ backend: net.backend });
    expect(local.download).toBeUndefined();
  });

  const gzipped = { 'content-encoding': 'gzip', 'content-length': gzipSync(weightsOf(10)).length };
  it.each([
    ['in pieces', (response: ServerResponse) => response.writeHead(200).end(site.body)],
    ['compressed', (response: ServerResponse) => response.writeHead(200, gzipped).end(gzipSync(site.body))],
  ])('have no total when they come %s, until they are here', async (_, send) => {
    site.answer = (_request, response) => send(response);
    const steps: unknown[][] = [];
    await site.read({ onProgress: (...step) => steps.push(step) });
    expect(steps.slice(0, -1).length).toBeGreaterThan(0);
    expect(steps.slice(0, -1).every(([, total]) => total === undefined)).toBe(true);
    expect(steps.at(-1)).toEqual([site.body.length, site.body.length]);
  });
  it('fail with what the server did, and leave nothing', async () => {
    const told: Record<string, string> = {};
    const answers: Record<string, NonNullable<WeightsSite['answer']>> = {
      missing: (_, response) => response.writeHead(404).end('gone'),
      broken: (_, response) => response.writeHead(503).end(),
      empty: (_, response) => response.writeHead(200, { etag: '"none"' }).end(),
      cut: (_, response) => {
        response.writeHead(200, { 'content-length': site.body.length, etag: '"cut"' });
        response.write(site.body.subarray(0, 30_000), () => setTimeout(() => response.destroy(), 50));
      },
      'cut without a length': (_, response) => {
        response.writeHead(200, { etag: '"cut"' });
        response.write(site.body.subarray(0, 30_000), () => setTimeout(() => response.destroy(), 50));
      },
      'a page': (_, response) => response.writeHead(200, { etag: '"page"' }).end('<!doctype html><title>x</title>'),
    };
    for (const [name, one] of Object.entries(answers)) {
      site.answer = one;
      told[name] = await site.complaint(site.read());
    }
    expect(told).toMatchInlineSnapshot(`
      {
        "a page": "WeightsError: ADDRESS/w.safetensors: an HTML page, want a file of weights; a server may answer a missing file, or one that needs a login, with a page: look at the URL",
        "broken": "WeightsError: ADDRESS/w.safetensors: HTTP 503 Service Unavailable, want a file of weights",
        "cut": "WeightsError: ADDRESS/w.safetensors: a connection that ended after 30000 of 41144 bytes, want the whole file; try again",
        "cut without a length": "WeightsError: ADDRESS/w.safetensors: a connection that ended after 30000 bytes, want the whole file; try again",
        "empty": "WeightsError: ADDRESS/w.safetensors: an empty file, want a file of weights",
        "missing": "WeightsError: ADDRESS/w.safetensors: HTTP 404 Not Found, want a file of weights",
      }
    `);
    const nobody = readCheckpoint('http://127.0.0.1:9/w', undefined, undefined, { cacheFolder: site.folder });
    expect(await site.complaint(nobody)).toMatch(
      /^WeightsError: http:\/\/127.0.0.1:9\/w: no answer \(.+\), want a file of weights$/,
    );
    const joined = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
    expect(reasonOf(new TypeError('fetch failed', { cause: joined }))).toBe('ECONNREFUSED');
    const secret = `${site.address.replace('//', '//me:secret@')}w`;
    expect(await site.complaint(readCheckpoint(secret, undefined))).toBe(
      'WeightsError: ADDRESS/w: a name or password in the URL, want a file of weights; they are not sent from there',
    );
    expect(await site.filesKept()).toEqual([]);
  });

  it('are given up when nothing comes for 30 s, of the head or the body', async () => {
    let failing: Promise<string> | undefined;
    for (const sent of [undefined, 30_000]) {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const arrived = new Promise<void>((resolve) => {
        site.answer = (_, response) => {
          if (sent !== undefined) {
            response.writeHead(200, { 'content-length': site.body.length });
            response.write(site.body.subarray(0, sent));
          } else resolve();
        };
        const options = { onProgress: () => resolve() };
        failing = site.complaint(site.read(options));
      });
      await arrived;
      vi.advanceTimersByTime(29_000);
      expect(await Promise.race([failing, new Promise((resolve) => setTimeout(resolve, 20, 'waits'))])).toBe('waits');
      vi.advanceTimersByTime(2_000);
      expect(await failing).toBe(
        sent === undefined
          ? 'WeightsError: ADDRESS/w.safetensors: no answer (nothing came for 30 s), want a file of weights'
          : `WeightsError: ADDRESS/w.safetensors: nothing came for 30 s after 30000 of ${site.body.length} bytes, want the whole file; try again`,
      );
      vi.useRealTimers();
    }
  });
  it('stop midway when they are told to, on both sides', async () => {
    const stop = new AbortController();
    const closed = new Promise<void>((resolve) => {
      site.answer = (_, response) => {
        response.writeHead(200, { 'content-length': site.body.length });
        response.write(site.body.subarray(0, 30_000));
        once(response, 'close').then(() => resolve());
      };
    });
    const options = { cacheFolder: site.folder, onProgress: () => stop.abort(new Error('enough')) };
    await expect(readCheckpoint(site.address, undefined, stop.signal, options)).rejects.toThrow('enough');
    await closed;
    expect(await site.filesKept()).toEqual([]);
  });

  it('must be whole even where the runtime does not say so', async () => {
    const short = new Response(site.body.subarray(0, 30_000), {
      headers: { 'content-length': String(site.body.length) },
    });
    vi.stubGlobal('fetch', async () => short);
    expect(await site.complaint(site.read())).toContain(
      `a connection that ended after 30000 of ${site.body.length} bytes`,
    );
  });
});
