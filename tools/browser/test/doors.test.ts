import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { absent, doors } from './support/backends.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

describe.skipIf(missing)('a sub-path in a page', { timeout: 120_000 }, () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({ entry: resolve(import.meta.dirname, 'fixtures/doors.ts'), backends: doors, webgpu: true });
  });
  afterAll(() => open?.close());

  it.each(Object.keys(doors))('@strata/backend-%s opens its own device', async (name) => {
    const entered = open.page.evaluate(`enter('${name}')`);
    if (absent[name] === undefined) expect(await entered).toBe(name);
    else await expect(entered).rejects.toThrow(absent[name]);
  });
});
