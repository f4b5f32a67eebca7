import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { backendNames, backends, quickDevices } from './support/backends.js';
import { call } from './support/call.js';

const entry = resolve(import.meta.dirname, 'fixtures/page.ts');
const libraries = resolve(import.meta.dirname, '../../../node_modules');
const folders = {
  '/ort/': resolve(libraries, 'onnxruntime-web/dist'),
  '/tfjs/': resolve(libraries, '@tensorflow/tfjs-backend-wasm/dist'),
};

/** Backends whose wasm has threads in a page. */
const threaded = backendNames.filter((name) =>
  quickDevices(name, 'browser').some(({ device, threads }) => device === 'wasm' && threads === 'option'),
);

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)('wasm', { timeout: 120_000 }, () => {
  const pages = new Map<boolean, OpenPage>();
  beforeAll(async () => {
    for (const isolated of [true, false]) pages.set(isolated, await openPage({ entry, backends, isolated, folders }));
  });
  afterAll(async () => {
    for (const open of pages.values()) await open.close();
  });

  /** A page where nothing has started yet: onnxruntime-web starts once. */
  async function freshPage(isolated: boolean): Promise<OpenPage> {
    const open = pages.get(isolated);
    if (open === undefined) throw new Error('the page did not open');
    await open.page.reload();
    return open;
  }

  // The server answers with the page what is not there, as single-page servers do.
  it("names the page that a server sent in place of ONNX Runtime's file", async () => {
    const open = await freshPage(true);
    const told = await call(open, 'complain', 'onnx', {
      device: 'wasm',
      wasmPaths: { 'ort-wasm-simd-threaded.wasm': '/nowhere/ort.wasm' },
    });
    expect(told.replace(open.url, 'http://page/')).toMatchInlineSnapshot(
      `"DeviceError: onnx/wasm: onnxruntime-web does not start: http://page/nowhere/ort.wasm is answered with an HTML page: text/html, beginning "<!doctype html>\\n<script type=\\"module\\" cr"; where its .wasm and .mjs files are elsewhere, say so with wasmPaths; esbuild leaves them out without @strata/esbuild"`,
    );
  });

  it('names a folder that lacks the files', async () => {
    const open = await freshPage(false);
    expect(await call(open, 'complain', 'onnx', { device: 'wasm', wasmPaths: '/nowhere/' })).toMatch(
      /^DeviceError: onnx\/wasm: .*\/nowhere\/ort-wasm\S+ is answered with (an HTML page|status 404)/,
    );
    expect(await call(open, 'complain', 'tfjs', { device: 'wasm', wasmPaths: '/nowhere/' })).toMatchInlineSnapshot(
      `"DeviceError: tfjs/wasm: /nowhere/tfjs-backend-wasm-simd.wasm is an HTML page, want one of @tensorflow/tfjs-backend-wasm's .wasm files; serve the files of its dist folder and give their place as wasmPaths"`,
    );
  });

  it('takes its files from a folder that wasmPaths names', async () => {
    const open = await freshPage(false);
    const requests: string[] = [];
    open.page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const onnx = await call(open, 'report', 'onnx', { device: 'wasm', wasmPaths: `${open.url}ort/` });
    const tfjs = await call(open, 'report', 'tfjs', { device: 'wasm', wasmPaths: '/tfjs/' });
    expect([onnx.device, tfjs.device]).toEqual(['wasm', 'wasm']);
    expect(requests.filter((path) => path.endsWith('.wasm'))).toEqual([
      expect.stringMatching(/^\/ort\/ort-wasm/),
      '/tfjs/tfjs-backend-wasm-simd.wasm',
    ]);
  });

  it.each(threaded)('%s has threads on an isolated page, as many as asked for', async (name) => {
    const open = await freshPage(true);
    const { threads } = await call(open, 'report', name, { device: 'wasm', threads: 2 });
    expect(threads).toBe(2);
    await open.page.reload();
    const usual = await call(open, 'report', name, { device: 'wasm' });
    expect(usual.threads).toBeGreaterThanOrEqual(1);
    expect(usual.threads).toBeLessThanOrEqual(await open.page.evaluate<number>('navigator.hardwareConcurrency'));
  });

  it.each(threaded)('%s refuses threads on another page, and runs on one', async (name) => {
    const open = await freshPage(false);
    expect(await call(open, 'complain', name, { device: 'wasm', threads: 2 })).toMatch(
      /^DeviceError: \w+\/wasm.*\b2\b.*cross-origin isolated/,
    );
    expect(await call(open, 'report', name, { device: 'wasm' })).toMatchObject({
      device: 'wasm',
      threads: 1,
      threadsMissing: expect.stringMatching(/Cross-Origin-Opener-Policy.*Cross-Origin-Embedder-Policy/),
    });
  });
});
