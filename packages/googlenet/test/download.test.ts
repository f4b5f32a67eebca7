import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cacheFolder,
  type DownloadProgress,
  downloadFashionMnist,
  officialAddress,
  officialFiles,
} from '../src/fashion-mnist/index.js';

const bodies: Readonly<Record<string, Buffer>> = {
  'images.gz': Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251)),
  'labels.gz': Buffer.from('labels'),
};
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const pair = {
  images: { name: 'images.gz', md5: md5(bodies['images.gz']) },
  labels: { name: 'labels.gz', md5: md5(bodies['labels.gz']) },
};
const files = { train: pair, test: pair };

let folder = '';
let address = '';
let server: Server;
/** Path and range of each request. */
let requests: string[] = [];
/** Cuts the connection after so many bytes of a body. */
let cutAfter: number | undefined;
let ignoreRange = false;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-download-'));
  [requests, cutAfter, ignoreRange] = [[], undefined, false];
  server = createServer((request, response) => {
    const name = (request.url ?? '').slice('/data/'.length);
    const range = request.headers.range;
    requests.push(range === undefined ? name : `${name} ${range}`);
    const whole = bodies[name];
    if (whole === undefined) {
      response.writeHead(404).end();
      return;
    }
    const start = range === undefined || ignoreRange ? 0 : Number(/\d+/.exec(range)?.[0]);
    if (start >= whole.length) {
      response.writeHead(416).end();
      return;
    }
    const headers = {
      'content-length': whole.length - start,
      'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}`,
    };
    response.writeHead(start > 0 ? 206 : 200, headers);
    if (cutAfter === undefined) response.end(whole.subarray(start));
    else response.write(whole.subarray(start, start + cutAfter), () => setTimeout(() => response.destroy(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/data/`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function complaint(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? `${error.name}: ${error.message.replaceAll(address, 'ADDRESS/')}` : String(error);
}

describe('downloadFashionMnist', () => {
  it('fetches the files once, and tells how far it is', async () => {
    const progress: DownloadProgress[] = [];
    const options = { folder, address, files, onProgress: (step: DownloadProgress) => progress.push(step) };
    expect(await downloadFashionMnist(options)).toBe(folder);
    expect((await readdir(folder)).sort()).toEqual(['images.gz', 'labels.gz']);
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
    expect(progress.at(-1)).toEqual({ file: 'labels.gz', done: 6, total: 6 });
    expect(progress.every(({ file, total }) => total === bodies[file].length)).toBe(true);
    await downloadFashionMnist(options);
    expect(requests).toEqual(['images.gz', 'labels.gz']);
  });

  it('goes on where a broken connection stopped', async () => {
    cutAfter = 70_000;
    expect(await complaint(downloadFashionMnist({ folder, address, files }))).toMatchInlineSnapshot(
      `"InputError: ADDRESS/images.gz: a connection that ended after 70000 of 200000 bytes, want the whole file; try again: it goes on where it stopped"`,
    );
    expect(await readdir(folder)).toEqual(['images.gz.part']);
    cutAfter = undefined;
    const steps: number[] = [];
    await downloadFashionMnist({ folder, address, files, onProgress: ({ done }) => steps.push(done) });
    expect(steps[0]).toBeGreaterThan(70_000);
    expect(requests).toEqual(['images.gz', 'images.gz bytes=70000-', 'labels.gz']);
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
  });

  it('begins again where the server can not go on', async () => {
    ignoreRange = true;
    await writeFile(join(folder, 'images.gz.part'), 'something else');
    await downloadFashionMnist({ folder, address, files });
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
  });

  it('begins again when the part is longer than the file', async () => {
    await writeFile(join(folder, 'labels.gz.part'), 'labels and more');
    await downloadFashionMnist({ folder, address, files });
    expect(requests).toEqual(['images.gz', 'labels.gz bytes=15-', 'labels.gz']);
    expect(await readFile(join(folder, 'labels.gz'), 'utf8')).toBe('labels');
  });

  it('keeps a whole part, and replaces a damaged file', async () => {
    await writeFile(join(folder, 'labels.gz.part'), 'labels');
    await writeFile(join(folder, 'images.gz'), 'damaged');
    await downloadFashionMnist({ folder, address, files });
    expect(requests).toEqual(['images.gz']);
    expect((await readdir(folder)).sort()).toEqual(['images.gz', 'labels.gz']);
  });

  it('refuses a file of another checksum, and leaves none behind', async () => {
    const other = { ...pair, images: { name: 'images.gz', md5: '0'.repeat(32) } };
    expect(
      await complaint(downloadFashionMnist({ folder, address, files: { train: other, test: other } })),
    ).toMatchInlineSnapshot(
      `"InputError: ADDRESS/images.gz: MD5 bf6b5bd5028e1505ed2d7c0984c2c677, want 00000000000000000000000000000000; the download was damaged, or the file has changed; try again"`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('says what the server answered', async () => {
    const missing = { ...pair, images: { name: 'gone.gz', md5: '' } };
    expect(
      await complaint(downloadFashionMnist({ folder, address, files: { train: missing, test: missing } })),
    ).toMatchInlineSnapshot(`"InputError: ADDRESS/gone.gz: HTTP 404 Not Found, want gone.gz"`);
    const nobody = 'http://127.0.0.1:9/data/';
    expect(await complaint(downloadFashionMnist({ folder, address: nobody, files }))).toMatch(/no answer \(.+\)/);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort();
    await expect(downloadFashionMnist({ folder, address, files, signal })).rejects.toThrow('aborted');
  });
});

describe('what is downloaded by default', () => {
  it('is the official four files, into the cache folder of the system', () => {
    expect(new URL(officialFiles.test.images.name, officialAddress).href).toBe(
      'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/t10k-images-idx3-ubyte.gz',
    );
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/caches/strata/fashion-mnist');
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux')).toMatch(/\.cache[/\\]strata[/\\]fashion-mnist$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library[/\\]Caches[/\\]strata[/\\]fashion-mnist$/);
    expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe(join('/local', 'strata', 'fashion-mnist'));
  });
});
