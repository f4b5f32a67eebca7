import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder } from './support/folder.js';
import { drawPng } from './support/png.js';
import { shippedWeights } from './support/safetensors.js';
import { ramp, strata, strataOn } from './support/strata.js';

const folder = makeFolder();
const picture = join(folder, 'picture.png');
writeFileSync(picture, drawPng());
const bytes = shippedWeights();
let server: Server;
let url = '';
/** Whether the server says how many bytes come. */
let tells = true;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.headers['if-none-match'] === '"w"') return response.writeHead(304).end();
    const headers = { etag: '"w"', ...(tells ? { 'content-length': bytes.length } : {}) };
    return response.writeHead(200, headers).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  url = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/w.safetensors`;
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('STRATA_CACHE', join(folder, randomUUID()));
  return () => vi.unstubAllEnvs();
});

describe('strata classify --weights URL', () => {
  const words = () => ['classify', picture, ...ramp, '--weights', url, '--json'];

  it('shows megabytes on a terminal, once, and the same result', async () => {
    const first = await strataOn({ isTTY: true }, ...words());
    expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/ \d+ % · \d+\.\d\/12\.\d MB · /) });
    expect(JSON.parse(first.stdout)[0].top[0].index).toBe(9);
    expect(await strataOn({ isTTY: true }, ...words())).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows megabytes so far where the server does not say how many come', async () => {
    tells = false;
    const { stderr } = await strataOn({ isTTY: true }, ...words());
    tells = true;
    expect(stderr).toMatch(/\d+\.\d MB/);
    expect(stderr).not.toMatch(/%|left/);
  });

  it('shows nothing elsewhere', async () => {
    expect(await strata(...words())).toMatchObject({ code: 0, stderr: '' });
  });

  it('warns where there is no cache', async () => {
    vi.stubEnv('STRATA_CACHE', picture);
    const { code, stderr } = await strata(...words());
    expect(code).toBe(0);
    expect(
      stderr
        .replaceAll(url, 'URL')
        .replaceAll(folder, 'FOLDER')
        .replace(/[0-9a-f]{20}/, 'HASH'),
    ).toMatchInlineSnapshot(`
      "warning: URL: from the server; not kept: FOLDER/picture.png/downloads/HASH-w.safetensors: a file where a folder should be
      "
    `);
  });
});
