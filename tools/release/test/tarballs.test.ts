import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attwTarball, checkContents, publintTarball, readManifest, roomsIn, root, type Tarball } from '../src/index.js';
import { makeProject, type Project } from './support/shared.js';

const names = roomsIn('packages').map(({ manifest }) => manifest.name);
let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project?.remove());

function tarballOf(name: string): Tarball {
  const found = project.tarballs.find(({ manifest }) => manifest.name === name);
  if (found === undefined) throw new Error(`${name} was not packed`);
  return found;
}

describe.each(names)('the tarball of %s', (name) => {
  it('has what users need and nothing else', () => {
    const tarball = tarballOf(name);
    const { size, unpackedSize, files } = tarball;
    console.info(
      `${name}: ${Math.ceil(size / 1000)} kB, ${Math.ceil(unpackedSize / 1000)} kB unpacked, ${files.length} files`,
    );
    expect(checkContents(tarball, join(project.folder, 'node_modules', name))).toEqual([]);
  });

  it('passes publint', async () => {
    expect(await publintTarball(tarballOf(name))).toEqual([]);
  });

  it('passes @arethetypeswrong/cli', async () => {
    expect(await attwTarball(tarballOf(name))).toEqual([]);
  });
});

describe('the packages', () => {
  it('say where they come from as the front page does', () => {
    const { repository } = readManifest(root);
    for (const { manifest, folder } of roomsIn('packages')) {
      expect(manifest.repository).toEqual({ ...repository, directory: folder.slice(root.length + 1) });
    }
  });

  it('are all that is published: tools are private', () => {
    expect(roomsIn('packages').filter(({ manifest }) => manifest.private === true)).toEqual([]);
    expect(roomsIn('tools').filter(({ manifest }) => manifest.private !== true)).toEqual([]);
  });

  it('depend on published packages alone', () => {
    for (const { manifest } of roomsIn('packages')) {
      const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      expect(names).toEqual(expect.arrayContaining(needed.filter((other) => other.startsWith('@strata/'))));
    }
  });
});
