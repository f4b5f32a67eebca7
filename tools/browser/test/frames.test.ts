import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { backendNames, backends, quickDevices } from './support/backends.js';

const googlenet = resolve(import.meta.dirname, '../../../packages/googlenet');
const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

// A frame of the same origin has classes of its own: a `Float32Array` of one is no instance of the page's.
describe.skipIf(missing)('what comes from a frame', { timeout: 120_000 }, () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({
      entry: resolve(import.meta.dirname, 'fixtures/frames.ts'),
      backends,
      folders: { '/samples/': resolve(googlenet, 'samples'), '/weights/': resolve(googlenet, 'weights') },
    });
  });
  afterAll(() => open?.close());

  it('is a picture, and weights', async () => {
    const given = JSON.stringify(['/samples/bag.png', '/weights/seed-fashion-mnist.safetensors']);
    expect(await open.page.evaluate(`frames.pictures(...${given})`)).toEqual([]);
  });

  const devices = backendNames.flatMap((name) =>
    quickDevices(name, 'browser').map(({ device }) => [name, device] as const),
  );

  it.each(devices)('is computed on %s/%s', async (name, device) => {
    expect(await open.page.evaluate(`frames.tensors(...${JSON.stringify([name, device])})`)).toEqual([12, 24]);
  });
});
