import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)('a page in Chromium', () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({
      entry: resolve(import.meta.dirname, 'fixtures/hello.ts'),
      webgpu: true,
      folders: { '/sources/': resolve(import.meta.dirname, '../src') },
    });
  });
  afterAll(() => open?.close());

  it('is isolated and has WebGL 2 and WebGPU', async () => {
    const facts = await open.page.evaluate('facts()');
    expect(facts).toEqual({ isolated: true, webgl2: true, webgpu: true });
  });

  it('serves a folder beside the page, and the page for what is not there', async () => {
    const text = await (await fetch(`${open.url}sources/index.ts`)).text();
    expect(text).toContain('openPage');
    expect(await (await fetch(`${open.url}sources/none.wasm`)).text()).toContain('<!doctype html>');
  });
});
