import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WeightsSite, weightsOf } from './support/weights-site.js';

let site: WeightsSite;
beforeEach(async () => {
  site = await WeightsSite.open();
});
afterEach(() => site.close());

describe('the cache of weights', () => {
  it('has what the server says is current, and no other', async () => {
    const steps: unknown[] = [];
    const first = await site.read();
    expect(first.download).toEqual({
      url: `${site.address}w.safetensors`,
      from: 'server',
      bytes: site.body.length,
      kept: true,
    });
    const second = await site.read({ onProgress: (...step) => steps.push(step) });
    expect(second.download).toEqual({ ...first.download, from: 'cache' });
    expect(second.weights).toEqual(first.weights);
    expect(steps).toEqual([]);
    site.body = weightsOf(3);
    site.headers = { etag: '"three"' };
    expect(await site.read()).toMatchObject({ classes: 3, download: { from: 'server', kept: true } });
    expect(await site.read()).toMatchObject({ classes: 3, download: { from: 'cache' } });
    expect(site.requests).toEqual([
      '/w.safetensors',
      '/w.safetensors "ten"',
      '/w.safetensors "ten"',
      '/w.safetensors "three"',
    ]);
    expect(await site.filesKept()).toHaveLength(2);
  });

  it('goes by the date where there is no tag, and by the tag where a server ignores conditions', async () => {
    site.headers = { 'last-modified': 'Sat, 28 Nov 2026 10:00:00 GMT' };
    await site.read();
    expect((await site.read()).download?.from).toBe('cache');
    expect(site.requests[1]).toBe('/w.safetensors Sat, 28 Nov 2026 10:00:00 GMT');
    site.headers = { 'last-modified': 'Sat, 28 Nov 2026 11:00:00 GMT' };
    expect((await site.read()).download?.from).toBe('server');
    site.headers = { etag: '"x"' };
    site.answer = (_, response) =>
      response.writeHead(200, { etag: 'W/"x"', 'content-length': site.body.length }).end(site.body);
    await site.read();
    expect((await site.read()).download?.from).toBe('cache');
  });

  it('asks nobody while the server said that nothing changes', async () => {
    site.headers = { 'cache-control': 'public, max-age=60' };
    await site.read();
    expect((await site.read()).download?.from).toBe('cache');
    expect(site.requests).toHaveLength(1);
    site.headers = { 'cache-control': 'max-age=60', age: '61' };
    await site.read({ cache: 'reload' });
    expect((await site.read()).download).toMatchObject({ from: 'server', kept: false });
  });

  it('keeps nothing that a server forbids, or that could not be used again', async () => {
    await site.read();
    expect(await site.filesKept()).toHaveLength(2);
    const answers: (typeof site.headers)[] = [{ etag: '"new"', 'cache-control': 'private, No-Store' }, {}];
    for (const one of answers) {
      site.headers = one;
      const { download } = await site.read();
      expect(download).toMatchObject({ from: 'server', kept: false });
      expect(download).not.toHaveProperty('trouble');
      expect(await site.filesKept()).toEqual([]);
    }
  });

  it('does what the caller asks for', async () => {
    await site.read({ cache: 'no-store' });
    expect(await site.filesKept()).toEqual([]);
    site.headers = {};
    expect((await site.read({ cache: 'force-cache' })).download).toMatchObject({ from: 'server', kept: true });
    expect((await site.read({ cache: 'force-cache' })).download?.from).toBe('cache');
    expect(site.requests).toHaveLength(2);
    site.body = weightsOf(3);
    site.headers = { etag: '"three"' };
    expect(await site.read({ cache: 'reload' })).toMatchObject({
      classes: 3,
      download: { from: 'server', kept: true },
    });
    expect(await site.read({ cache: 'no-store' })).toMatchObject({ download: { from: 'server', kept: false } });
    const wrong: { readonly cache?: 'default' } = JSON.parse('{ "cache": false }');
    expect(await site.complaint(site.read(wrong))).toBe(
      "InputError: cache: false, want 'default', 'reload', 'no-store', 'force-cache'",
    );
  });

  it('serves where there is no network, and says so; a server that answers is believed', async () => {
    await site.read();
    site.answer = (_, response) => response.writeHead(404).end();
    expect(await site.complaint(site.read())).toContain('HTTP 404');
    await site.stop();
    const { download, classes } = await site.read();
    expect(classes).toBe(10);
    expect(download).toMatchObject({
      from: 'cache',
      trouble: expect.stringMatching(/^not known to be current, for the server does not answer: connect ECONNREFUSED/),
    });
  });

  it.each(['cut', 'other', 'no JSON', 'half a stamp'])('downloads anew what is damaged: %s', async (damage) => {
    await site.read();
    const [data, stamp] = (await site.filesKept()).map((name) => join(site.folder, 'downloads', name));
    if (damage === 'cut') await writeFile(data, (await readFile(data)).subarray(0, 30_000));
    if (damage === 'other') await writeFile(data, weightsOf(3));
    if (damage === 'no JSON') await writeFile(stamp, '{');
    if (damage === 'half a stamp') await writeFile(stamp, '{"etag":"\\"ten\\""}');
    expect(await site.read()).toMatchObject({ classes: 10, download: { from: 'server', kept: true } });
    expect((await site.read()).download?.from).toBe('cache');
    expect(site.requests).toHaveLength(3);
  });

  it('is written by several at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => site.read()));
    expect(all.map(({ classes }) => classes)).toEqual(Array(8).fill(10));
    expect(await site.filesKept()).toHaveLength(2);
    expect((await site.read()).download?.from).toBe('cache');
  });

  it('that cannot be written or read stops nothing, and says why', async () => {
    await writeFile(join(site.folder, 'file'), '');
    expect((await site.read({ cacheFolder: join(site.folder, 'file') })).download).toEqual({
      url: `${site.address}w.safetensors`,
      from: 'server',
      bytes: site.body.length,
      kept: false,
      trouble: expect.stringMatching(/^not kept: .+w\.safetensors: a file where a folder should be$/),
    });
  });

  it('has no secret in its names and notes, and files of one name apart', async () => {
    await site.read({}, 'w.safetensors?token=secret#part');
    await site.read({}, 'w.safetensors?token=other');
    await site.read({}, 'w.safetensors?token=secret');
    expect(site.requests.at(-1)).toBe('/w.safetensors?token=secret "ten"');
    const names = await site.filesKept();
    expect(names).toHaveLength(4);
    for (const name of names) {
      const text = name + (name.endsWith('.json') ? await readFile(join(site.folder, 'downloads', name), 'utf8') : '');
      expect(text).not.toContain('secret');
    }
  });
});
