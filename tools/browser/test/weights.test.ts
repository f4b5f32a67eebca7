import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createBackend } from '@strata/backend-onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, type OpenPage, openPage } from '../src/index.js';
import { backends } from './support/backends.js';
import { call } from './support/call.js';
import { logitsOf } from './support/logits.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

const fixtures = resolve(import.meta.dirname, '../../../packages/formats/test/fixtures');
const input = [3, 64, 64];

describe.skipIf(missing)("a user's weights in a page", { timeout: 120_000 }, () => {
  let open: OpenPage;
  beforeAll(async () => {
    open = await openPage({
      entry: resolve(import.meta.dirname, 'fixtures/page.ts'),
      backends,
      folders: { '/files/': fixtures },
    });
  });
  afterAll(() => open?.close());

  it.each([
    'tv16-f16-zip.pth',
    'tv16-bf16-legacy.pth',
    'tv16-ts-opset17-transform-input.onnx',
    'zoo16-opset3.onnx',
    'bvlc16-v1.caffemodel',
  ])('%s gives in every form what it gives in Node', async (file) => {
    const backend = await createBackend({ device: 'wasm' });
    const want = await logitsOf({ backend, input, weights: new Uint8Array(await readFile(resolve(fixtures, file))) });
    await backend.dispose();
    expect(want.some((value) => value !== 0)).toBe(true);
    for (const form of ['url', 'file', 'bytes', 'shared'] as const) {
      expect(await call(open, 'runWeights', form, `/files/${file}`, input), form).toEqual(Array.from(want));
    }
  });

  it('that are none are refused with the reason', async () => {
    expect(await call(open, 'runWeights', 'file', '/files/README.md', input)).toMatch(/^WeightsError: /);
  });
});
