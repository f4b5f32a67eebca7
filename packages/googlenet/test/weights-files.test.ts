import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensor, tensor } from '@strata/core';
import { openSafetensors, writeSafetensors } from '@strata/formats/safetensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inputShapeOf, labelsOf } from '../src/checkpoints/metadata.js';
import { readCheckpoint } from '../src/index.js';
import { readStateDict } from './state-dicts.js';
import { complaintOf } from './support/complaint.js';

let folder = '';
const shipped = new URL('../weights/seed-fashion-mnist.safetensors', import.meta.url);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-weights-'));
});
afterAll(() => rm(folder, { recursive: true }));

function filled(variant: 'seed' | 'bvlc' | 'torchvision'): Record<string, Tensor> {
  return Object.fromEntries(
    readStateDict(variant).map(([name, shape]) => [
      name,
      tensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5)),
    ]),
  );
}

const complaint = (work: Promise<unknown>) => complaintOf(work, folder, 'FOLDER');

describe('the shipped weights', () => {
  it('are 5,977,530 numbers in float16 that say where they come from', async () => {
    const { tensors, metadata } = openSafetensors(await readFile(shipped));
    const parameters = [...tensors].filter(([name]) => !name.startsWith('unusual.'));
    const counts = parameters.map(([, { shape }]) => shape.reduce((product, size) => product * size, 1));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_977_530);
    expect(new Set([...tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
    expect(Object.keys(metadata).sort()).toMatchInlineSnapshot(`
      [
        "dataset",
        "input",
        "labels",
        "network",
        "source",
        "storage",
        "test_accuracy",
        "test_loss",
        "trained_on",
        "training",
        "unusual",
        "variant",
      ]
    `);
    expect(inputShapeOf(metadata)).toEqual([1, 96, 96]);
    expect(labelsOf(metadata, 10)[0]).toBe('T-shirt/top');
  });
});

describe('readCheckpoint', () => {
  it('takes a path, a URL, bytes, a buffer and a Blob', async () => {
    const bytes = Uint8Array.from(await readFile(shipped));
    const want = (await readCheckpoint(undefined, undefined)).weights['fc.bias'];
    for (const source of [shipped, shipped.pathname, bytes, bytes.buffer, new Blob([bytes])]) {
      expect((await readCheckpoint(source, 'seed')).weights['fc.bias']).toEqual(want);
    }
  });

  it('recognises the variant by the names, and does not read what only training uses', async () => {
    for (const variant of ['bvlc', 'torchvision'] as const) {
      const path = join(folder, `${variant}.safetensors`);
      await writeFile(path, writeSafetensors(filled(variant), { dtype: 'BF16' }));
      const found = await readCheckpoint(path, undefined);
      expect(found.variant).toBe(variant);
      expect(found.classes).toBe(1000);
      expect(found.skipped).toHaveLength(variant === 'torchvision' ? 18 : 0);
    }
    // A 64-bit counter cannot be read as float32, and need not be.
    const header = JSON.stringify({
      'conv1.bn.running_mean': { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
      'conv1.bn.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [4, 12] },
    }).padEnd(256);
    const bytes = new Uint8Array(8 + 256 + 12);
    new DataView(bytes.buffer).setBigUint64(0, 256n, true);
    bytes.set(new TextEncoder().encode(header), 8);
    const { skipped, weights } = await readCheckpoint(bytes, undefined);
    expect(skipped).toEqual(['conv1.bn.num_batches_tracked']);
    expect(weights['conv1.bn.mean'].shape).toEqual([1]);
  });

  it('says in one line what is wrong with a file', async () => {
    const bytes = await readFile(shipped);
    await writeFile(join(folder, 'empty.safetensors'), '');
    await writeFile(join(folder, 'cut.safetensors'), bytes.subarray(0, 100_000));
    await writeFile(
      join(folder, 'other.safetensors'),
      writeSafetensors({ x: tensor([1], [1]) }, { metadata: { variant: 'v9' } }),
    );
    const told: Record<string, string> = {};
    for (const name of ['missing.safetensors', 'empty.safetensors', 'cut.safetensors', 'other.safetensors', '']) {
      told[name] = await complaint(readCheckpoint(join(folder, name), undefined));
    }
    expect(told).toMatchInlineSnapshot(`
      {
        "": "WeightsError: FOLDER: a folder, want a file of weights",
        "cut.safetensors": "WeightsError: FOLDER/cut.safetensors: 100000 bytes, want the 12029698 that its header needs; the file is cut short: get it again",
        "empty.safetensors": "WeightsError: FOLDER/empty.safetensors: an empty file, want a file of weights",
        "missing.safetensors": "WeightsError: FOLDER/missing.safetensors: no such file, want a file of weights",
        "other.safetensors": "WeightsError: FOLDER/other.safetensors: metadata 'variant': 'v9', want seed, bvlc, torchvision, d2l; name the variant yourself",
      }
    `);
  });
});

describe('what stands in the place of a weights file', () => {
  const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12029698\n';

  it('is named, whether it comes from a path, a server, bytes or a Blob', async () => {
    await writeFile(join(folder, 'pointer.safetensors'), pointer);
    const server = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(page));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const fromServer = await complaint(readCheckpoint(`http://127.0.0.1:${port}/weights.safetensors`, undefined));
      expect({
        path: await complaint(readCheckpoint(join(folder, 'pointer.safetensors'), undefined)),
        server: fromServer.replace(`:${port}`, ':PORT'),
        bytes: await complaint(readCheckpoint(new TextEncoder().encode(pointer), undefined)),
        blob: await complaint(readCheckpoint(new Blob([page]), undefined)),
        picture: await complaint(
          readCheckpoint(await readFile(new URL('../samples/bag.png', import.meta.url)), 'seed'),
        ),
      }).toMatchInlineSnapshot(`
        {
          "blob": "WeightsError: weights: an HTML page, want a file of weights; a server may answer a missing file, or one that needs a login, with a page: look at the URL",
          "bytes": "WeightsError: weights: a Git LFS pointer, want a file of weights; run "git lfs pull", or download the file itself",
          "path": "WeightsError: FOLDER/pointer.safetensors: a Git LFS pointer, want a file of weights; run "git lfs pull", or download the file itself",
          "picture": "WeightsError: weights: a PNG picture, want a file of weights; pictures go to classify",
          "server": "WeightsError: http://127.0.0.1:PORT/weights.safetensors: an HTML page, want a file of weights; a server may answer a missing file, or one that needs a login, with a page: look at the URL",
        }
      `);
    } finally {
      server.close();
    }
  });
});

describe('metadata', () => {
  it('may lack a size and labels', () => {
    expect(inputShapeOf({})).toBeUndefined();
    expect(inputShapeOf({ input: 'grey' })).toBeUndefined();
    expect(labelsOf({}, 2)).toEqual(['class 0', 'class 1']);
  });

  it('with labels that do not fit is refused', () => {
    expect(() => labelsOf({ labels: '["a"]' }, 2)).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: weights: metadata 'labels': 1 labels, want 2 labels, one for each class]`,
    );
    expect(() => labelsOf({ labels: 'a, b' }, 2)).toThrowErrorMatchingInlineSnapshot(
      `[WeightsError: weights: metadata 'labels': no JSON list of texts, want 2 labels, one for each class]`,
    );
  });
});
