import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFashionMnist, readIdx, readTrainedOn, shippedTrainedOn } from '../src/fashion-mnist/index.js';
import { first8, garmentBytes } from './first8.js';
import { complaintOf } from './support/complaint.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-idx-'));
});
afterAll(() => rm(folder, { recursive: true }));

function idx(sizes: number[], values: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint32(0, 0x0800 + sizes.length);
  for (const [axis, size] of sizes.entries()) header.setUint32(4 + 4 * axis, size);
  return Buffer.concat([new Uint8Array(header.buffer), values]);
}

const images = Buffer.concat([0, 1, 2, 3, 4, 5, 6, 7].map(garmentBytes));
const labels = Uint8Array.from(first8.labels);

async function place(name: string, files: Record<string, Uint8Array>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(path, file), bytes);
  return path;
}

const complaint = (work: Promise<unknown>) => complaintOf(work, folder, 'FOLDER');

describe('readIdx', () => {
  it('reads what was written, of any sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }), (sizes) => {
        const values = Uint8Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, (_, i) => (i * 37) % 256);
        const { shape, data } = readIdx(idx(sizes, values), 'x');
        expect(shape).toEqual(sizes);
        expect(Uint8Array.from(data)).toEqual(values);
      }),
    );
  });

  it('never reads past the end or throws anything but its own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        const bytes = noise.length > 4 ? Uint8Array.from([0, 0, 8, noise[0] % 4, ...noise]) : noise;
        try {
          const { shape, data } = readIdx(bytes, 'x');
          expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(error).toHaveProperty('code', 'INPUT');
        }
      }),
    );
  });

  it('checks every claim of a header', () => {
    const whole = idx([2, 3], new Uint8Array(6));
    const told = [
      whole.subarray(0, 3),
      whole.subarray(0, 9),
      whole.subarray(0, -1),
      Buffer.concat([whole, new Uint8Array(2)]),
      Uint8Array.from([80, 75, 3, 4, 9, 9]),
      Uint8Array.from([0, 0, 13, 1, 0, 0, 0, 1, 7]),
      Uint8Array.from([0, 0, 8, 0]),
      idx([0xffffffff, 0xffffffff], new Uint8Array(4)),
    ].map((bytes) => {
      try {
        return readIdx(bytes, 'file');
      } catch (error) {
        return String(error);
      }
    });
    expect(told).toMatchInlineSnapshot(`
      [
        "InputError: file: 3 bytes, want at least 4; the file is no whole IDX file",
        "InputError: file: 9 bytes, want 12 for a header of 2 axes; the file is no whole IDX file",
        "InputError: file: 5 values, want 6 for its sizes [2,3]; the file is no whole IDX file",
        "InputError: file: 8 values, want 6 for its sizes [2,3]; the file is no whole IDX file",
        "InputError: file: a zip archive that is cut short, want an IDX file; a download or copy did not finish: get it again",
        "InputError: file: values of type 0x0d, want unsigned bytes (0x08); the file is no whole IDX file",
        "InputError: file: no axes, want at least one; the file is no whole IDX file",
        "InputError: file: 4 values, want 18446744065119617000 for its sizes [4294967295,4294967295]; the file is no whole IDX file",
      ]
    `);
  });
});

describe('loadFashionMnist', () => {
  it('takes a folder of plain or gzipped files', async () => {
    const plain = await place('plain', {
      't10k-images-idx3-ubyte': idx([8, 28, 28], images),
      't10k-labels-idx1-ubyte': idx([8], labels),
    });
    const gzipped = await place('gzipped', {
      't10k-images-idx3-ubyte.gz': gzipSync(idx([8, 28, 28], images)),
      't10k-labels-idx1-ubyte.gz': gzipSync(idx([8], labels)),
    });
    for (const path of [plain, gzipped]) {
      const data = await loadFashionMnist(path, 'test');
      expect(data.count).toBe(8);
      expect(Buffer.compare(data.images, images)).toBe(0);
      expect([...data.labels]).toEqual(first8.labels);
    }
    expect(await complaint(loadFashionMnist(plain, 'train'))).toMatchInlineSnapshot(
      `"InputError: FOLDER/plain: neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz, want a folder of the official Fashion-MNIST files; they are at github.com/zalandoresearch/fashion-mnist"`,
    );
  });

  it('knows files by what they hold, not by their names', async () => {
    const [plainImages, plainLabels] = [idx([8, 28, 28], images), idx([8], labels)];
    const folders = {
      // As browsers leave them that unpack what a server calls gzip, and as people rename them.
      unpacked: { 't10k-images-idx3-ubyte.gz': plainImages, 't10k-labels-idx1-ubyte.gz': plainLabels },
      packed: { 't10k-images-idx3-ubyte': gzipSync(plainImages), 't10k-labels-idx1-ubyte': gzipSync(plainLabels) },
      dotted: { 't10k-images.idx3-ubyte': plainImages, 't10k-labels.idx1-ubyte': plainLabels },
      renamed: {
        'a.gz': gzipSync(plainLabels),
        'b.bin': plainImages,
        'train-images-idx3-ubyte': plainImages,
        'README.md': Buffer.from('# Garments'),
        'z.gz': gzipSync('words'),
      },
    };
    for (const [name, files] of Object.entries(folders)) {
      const data = await loadFashionMnist(await place(name, files), 'test');
      expect([name, data.count, ...data.labels]).toEqual([name, 8, ...first8.labels]);
    }
  });

  it('takes no file of the other split, and none by guessing', async () => {
    const [plainImages, plainLabels] = [idx([8, 28, 28], images), idx([8], labels)];
    const train = await place('train', { 'train-images.idx3': plainImages, 'train-labels.idx1': plainLabels });
    const two = await place('two', { 'a.idx': plainImages, 'b.idx': plainImages, 'c.idx': plainLabels });
    expect(await complaint(loadFashionMnist(train, 'test'))).toMatch(/FOLDER\/train: neither t10k-images/);
    expect(await complaint(loadFashionMnist(two, 'test'))).toMatchInlineSnapshot(
      `"InputError: FOLDER/two: a.idx, b.idx, each of which could be the images, want a folder of the official Fashion-MNIST files; keep one of them there"`,
    );
  });

  it('says what a file is that is no IDX file', async () => {
    const wrong = {
      page: Buffer.from('<!DOCTYPE html><title>Sign in</title>'),
      pointer: Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'),
      packedPage: gzipSync('<html></html>'),
      empty: Buffer.alloc(0),
    };
    const told: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(wrong)) {
      const path = await place(`wrong-${name}`, { 't10k-images-idx3-ubyte.gz': bytes });
      told[name] = await complaint(loadFashionMnist(path));
    }
    expect(told).toMatchInlineSnapshot(`
      {
        "empty": "InputError: FOLDER/wrong-empty/t10k-images-idx3-ubyte.gz: an empty file, want an IDX file; a download or copy did not finish: get it again",
        "packedPage": "InputError: FOLDER/wrong-packedPage/t10k-images-idx3-ubyte.gz: an HTML page, want an IDX file; a server may answer a missing file, or one that needs a login, with a page: look at the URL",
        "page": "InputError: FOLDER/wrong-page/t10k-images-idx3-ubyte.gz: an HTML page, want an IDX file; a server may answer a missing file, or one that needs a login, with a page: look at the URL",
        "pointer": "InputError: FOLDER/wrong-pointer/t10k-images-idx3-ubyte.gz: a Git LFS pointer, want an IDX file; run "git lfs pull", or download the file itself",
      }
    `);
  });

  it('says what is wrong with a folder', async () => {
    const imagesOf = (sizes: number[], count: number) => ({
      't10k-images-idx3-ubyte': idx(sizes, new Uint8Array(count)),
    });
    const folders = [
      join(folder, 'nowhere'),
      await place('cut', { 't10k-images-idx3-ubyte.gz': gzipSync(idx([8, 28, 28], images)).subarray(0, 900) }),
      await place('small', { ...imagesOf([2, 4, 4], 32), 't10k-labels-idx1-ubyte': idx([2], new Uint8Array(2)) }),
      await place('few', { ...imagesOf([2, 28, 28], 1568), 't10k-labels-idx1-ubyte': idx([3], new Uint8Array(3)) }),
      await place('odd', { ...imagesOf([2, 28, 28], 1568), 't10k-labels-idx1-ubyte': idx([2], Uint8Array.of(9, 10)) }),
    ];
    const told = await Promise.all(folders.map((path) => complaint(loadFashionMnist(path))));
    expect(told).toMatchInlineSnapshot(`
      [
        "InputError: FOLDER/nowhere: no such folder, want a folder of the official Fashion-MNIST files; they are at github.com/zalandoresearch/fashion-mnist",
        "InputError: FOLDER/cut/t10k-images-idx3-ubyte.gz: no whole gzip file (unexpected end of file), want an IDX file",
        "InputError: FOLDER/small/t10k-images-idx3-ubyte: sizes [2,4,4], want [count,28,28]",
        "InputError: FOLDER/few/t10k-labels-idx1-ubyte: sizes [3], want [2], one for each picture",
        "InputError: FOLDER/odd/t10k-labels-idx1-ubyte: class 10 at 1, want 0 to 9",
      ]
    `);
  });
});

describe('pictures that were trained on', () => {
  it('are found by their hashes', async () => {
    const hashes = [2, 5, 6].map((index) => createHash('sha256').update(garmentBytes(index)).digest().subarray(0, 6));
    const list = readTrainedOn(Buffer.concat(hashes.sort(Buffer.compare)), 'list');
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => list.has(garmentBytes(index)))).toEqual([
      ...[false, false, true, false, false, true, true, false],
    ]);
    expect(readTrainedOn(new Uint8Array(), 'empty').has(garmentBytes(0))).toBe(false);
  });

  it('are listed in the package, and the test pictures are not among them', async () => {
    const shipped = await shippedTrainedOn();
    expect(shipped.count).toBe(59_947);
    expect([0, 1, 2, 3, 4, 5, 6, 7].some((index) => shipped.has(garmentBytes(index)))).toBe(false);
  });

  it('need a complete, sorted list', () => {
    expect(() => readTrainedOn(new Uint8Array(7), 'list')).toThrowErrorMatchingInlineSnapshot(
      `[InputError: list: 7 bytes, want a multiple of 6]`,
    );
    expect(() => readTrainedOn(new Uint8Array(12), 'list')).toThrowErrorMatchingInlineSnapshot(
      `[InputError: list: hashes out of order, want ascending ones]`,
    );
  });
});
