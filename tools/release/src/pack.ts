import { join } from 'node:path';
import { type Manifest, roomsIn, root } from './packages.js';
import { mustRun } from './run.js';

/** A package as npm would publish it. */
export interface Tarball {
  readonly manifest: Manifest;
  /** The `.tgz` file. */
  readonly file: string;
  /** Paths in the package. */
  readonly files: readonly string[];
  /** Bytes, packed and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every package of `packages` into a folder, as `npm publish` would. They must have been built. */
export async function packAll(target: string): Promise<Tarball[]> {
  const rooms = roomsIn('packages').filter(({ manifest }) => manifest.private !== true);
  const folders = rooms.map(({ folder }) => folder);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target, ...folders];
  const packed = listOf(JSON.parse(await mustRun('npm', args, { cwd: root })));
  return rooms.map(({ manifest }) => {
    const found = packed.find(({ name }) => name === manifest.name);
    if (found === undefined) throw new Error(`npm pack made nothing of ${manifest.name}`);
    const { filename, size, unpackedSize, files } = found;
    return { manifest, file: join(target, filename), files: files.map(({ path }) => path), size, unpackedSize };
  });
}

/** npm 12 gives an object by name where older ones give a list. */
function listOf(printed: readonly Packed[] | Readonly<Record<string, Packed>>): readonly Packed[] {
  return Object.values(printed);
}
