import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
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
import { complaintOf } from './support/complaint.js';

const bodies: Record<string, Buffer> = {
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
/** Sends a body in pieces; the later a request, the slower. */
let slowly = false;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-download-'));
  [requests, cutAfter, ignoreRange, slowly] = [[], undefined, false, false];
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
    if (slowly) sendSlowly(response, whole.subarray(start), 20 * requests.length);
    else if (cutAfter === undefined) response.end(whole.subarray(start));
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

async function sendSlowly(response: ServerResponse, bytes: Buffer, milliseconds: number): Promise<void> {
  for (let start = 0; start < bytes.length; start += 50_000) {
    response.write(bytes.subarray(start, start + 50_000));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
  response.end();
}

const complaint = (work: Promise<unknown>) => complaintOf(work, address, 'ADDRESS/');

describe('downloadFashionMnist', () => {
  it('fetches the files once, and reports progress', async () => {
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

  it('continues where a broken connection stopped', async () => {
    cutAfter = 70_000;
    expect(await complaint(downloadFashionMnist({ folder, address, files }))).toMatchInlineSnapshot(
      `"InputError: ADDRESS/images.gz: a connection that ended after 70000 of 200000 bytes, want the whole file; try again: it continues where it stopped"`,
    );
    expect(await readdir(folder)).toEqual(['images.gz.part']);
    cutAfter = undefined;
    const steps: number[] = [];
    await downloadFashionMnist({ folder, address, files, onProgress: ({ done }) => steps.push(done) });
    expect(steps[0]).toBeGreaterThan(70_000);
    expect(requests).toEqual(['images.gz', 'images.gz bytes=70000-', 'labels.gz']);
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
  });

  it('starts over where the server cannot continue', async () => {
    ignoreRange = true;
    await writeFile(join(folder, 'images.gz.part'), 'something else');
    await downloadFashionMnist({ folder, address, files });
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
  });

  it('starts over when the partial file is longer than the whole', async () => {
    await writeFile(join(folder, 'labels.gz.part'), 'labels and more');
    await downloadFashionMnist({ folder, address, files });
    expect(requests).toEqual(['images.gz', 'labels.gz bytes=15-', 'labels.gz']);
    expect(await readFile(join(folder, 'labels.gz'), 'utf8')).toBe('labels');
  });

  it('keeps a complete partial file, and replaces a damaged one', async () => {
    await writeFile(join(folder, 'labels.gz.part'), 'labels');
    await writeFile(join(folder, 'images.gz'), 'damaged');
    await downloadFashionMnist({ folder, address, files });
    expect(requests).toEqual(['images.gz']);
    expect((await readdir(folder)).sort()).toEqual(['images.gz', 'labels.gz']);
  });

  it('names what a server sent in the place of a file', async () => {
    for (const [name, body, told] of [
      [
        'page.gz',
        '<!DOCTYPE html><title>Sign in</title>',
        'an HTML page, want page.gz; a server may answer a missing file',
      ],
      ['pointer.gz', 'version https://git-lfs.github.com/spec/v1', 'a Git LFS pointer, want pointer.gz; run "git lfs'],
      ['words.gz', 'Too many requests', 'a text that begins "Too many requests", want words.gz; the download was'],
    ] as const) {
      bodies[name] = Buffer.from(body);
      const wrong = { ...pair, images: { name, md5: '0'.repeat(32) } };
      const message = await complaint(downloadFashionMnist({ folder, address, files: { train: wrong, test: wrong } }));
      expect(message).toContain(`InputError: ADDRESS/${name}: ${told}`);
    }
    expect(await readdir(folder)).toEqual([]);
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

  it('may be done by two at once, and tells a full disk from a broken connection', async () => {
    slowly = true;
    const both = [downloadFashionMnist({ folder, address, files }), downloadFashionMnist({ folder, address, files })];
    await Promise.all(both);
    expect((await readdir(folder)).sort()).toEqual(['images.gz', 'labels.gz']);
    expect(Buffer.compare(await readFile(join(folder, 'images.gz')), bodies['images.gz'])).toBe(0);
    const full = join(folder, 'full');
    expect(
      await complaintOf(downloadFashionMnist({ folder: join(folder, 'images.gz'), address, files }), folder, ''),
    ).toMatchInlineSnapshot(
      `"InputError: /images.gz: a file where a folder should be, want a file to write; name another folder, or make room"`,
    );
    if (!existsSync('/dev/full')) return console.warn('no /dev/full here: a full disk is not tried');
    await mkdir(full);
    await symlink('/dev/full', join(full, 'images.gz.part'));
    expect(await complaintOf(downloadFashionMnist({ folder: full, address, files }), full, '')).toMatchInlineSnapshot(
      `"InputError: /images.gz.part: no space left, want a file to write; name another folder, or make room"`,
    );
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
    expect(cacheFolder({ STRATA_CACHE: '/mine', XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/mine/fashion-mnist');
    expect(cacheFolder({ STRATA_CACHE: '', XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/caches/strata/fashion-mnist');
    expect(cacheFolder({}, 'darwin')).toMatch(/Library[/\\]Caches[/\\]strata[/\\]fashion-mnist$/);
    expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe(join('/local', 'strata', 'fashion-mnist'));
  });
});
