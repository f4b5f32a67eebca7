import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DownloadProgress, downloadFashionMnist } from '../src/fashion-mnist/index.js';

const body = Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * i) % 251));
const file = { name: 'same.gz', md5: createHash('md5').update(body).digest('hex') };
const pair = { images: file, labels: file };
const files = { train: pair, test: pair };

let folder = '';
let server: Server;
let options: { folder: string; address: string; files: typeof files };
/** What the server answers to a request for the bytes from `start` on. */
let answer = (start: number) => ({ from: start, said: start });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-resumed-'));
  answer = (start) => ({ from: start, said: start });
  server = createServer((request, response) => {
    const asked = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
    const { from, said } = answer(asked);
    const headers = { 'content-range': `bytes ${said}-${body.length - 1}/${body.length}` };
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-length': body.length - from,
      ...headers,
    });
    response.end(body.subarray(from));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  options = { folder, files, address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/` };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

it('a download that is continued tells bytes of the whole file', async () => {
  await writeFile(join(folder, 'same.gz.part'), body.subarray(0, 50_000));
  const progress: DownloadProgress[] = [];
  await downloadFashionMnist({ ...options, onProgress: (step) => progress.push(step) });
  expect(progress[0].done).toBeGreaterThan(50_000);
  expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([body.length]));
  expect(progress.at(-1)?.done).toBe(body.length);
  expect(Buffer.compare(await readFile(join(folder, 'same.gz')), body)).toBe(0);
});

it('a part that does not begin where ours ends is refused, and ours stays', async () => {
  const had = body.subarray(0, 50_000);
  await writeFile(join(folder, 'same.gz.part'), had);
  answer = () => ({ from: 40_000, said: 40_000 });
  await expect(downloadFashionMnist(options)).rejects.toThrow(
    "content-range 'bytes 40000-89999/90000', want bytes from 50000",
  );
  expect(await readdir(folder)).toEqual(['same.gz.part']);
  expect(Buffer.compare(await readFile(join(folder, 'same.gz.part')), had)).toBe(0);
});
