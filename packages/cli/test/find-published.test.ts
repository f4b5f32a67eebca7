import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { findPublished } from '../src/files/find-published.js';
import { makeFolder } from './support/folder.js';

const published = vi.hoisted(() => Buffer.alloc(10_000, 7));

// The list, with a file of which the size is not told quite right.
vi.mock('@strata/googlenet/pretrained', async (original) => {
  const real = await original<typeof import('@strata/googlenet/pretrained')>();
  const [first, ...others] = real.pretrained;
  const hex = createHash('sha256').update(published).digest('hex');
  const own = { ...first, bytes: 10_005, digest: { algorithm: 'sha256' as const, hex } };
  return { ...real, pretrained: [...others, own] };
});

const folder = makeFolder();
const write = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

it('published weights are known by their checksum, whatever their name', async () => {
  expect(await findPublished(write('mine', published))).toMatchObject({ bytes: 10_005 });
});

it('another file is none: of the same size, longer, shorter, empty, a folder, not there', async () => {
  const other = Buffer.from(published);
  other[5000] = 8;
  const paths = [
    write('other', other),
    write('longer', Buffer.concat([published, Buffer.alloc(1)])),
    write('shorter', published.subarray(1)),
    write('empty', Buffer.alloc(0)),
    folder,
    join(folder, 'none'),
  ];
  expect(await Promise.all(paths.map(findPublished))).toEqual(paths.map(() => undefined));
});
