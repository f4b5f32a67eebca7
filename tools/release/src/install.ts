import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tarball } from './pack.js';
import { root } from './packages.js';
import { mustRun } from './run.js';

/** A folder outside the repository, taken away afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-release-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes `project` a user's project with our packages, from their tarballs, and what they depend on. Ours are folders as
 * npm would make them; of others only those that ours name are there, as links into this repository, so that it takes a
 * second and no network, and a dependency that is not declared is not found. `installByNpm` is the real thing.
 */
export async function installLinked(tarballs: readonly Tarball[], project: string): Promise<void> {
  await writeProject(project);
  const modules = join(project, 'node_modules');
  for (const { manifest, file } of tarballs) {
    await unpack(file, join(modules, manifest.name));
    const needed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    for (const name of needed.filter((other) => !tarballs.some(({ manifest }) => manifest.name === other))) {
      link(name, modules);
    }
  }
  link('@types/node', modules);
}

/**
 * The same by npm. Install scripts stay off, as they are by default from npm 12 on: one fetches CUDA libraries, one
 * compiles OpenGL for minutes, and nothing that runs here needs them.
 */
export async function installByNpm(tarballs: readonly Tarball[], project: string): Promise<void> {
  await writeProject(project);
  const files = tarballs.map(({ file }) => file);
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await mustRun('npm', ['install', ...options, ...files, '@types/node@20'], { cwd: project });
}

/** A file of npm's, unpacked. */
export async function unpack(file: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await mustRun('tar', ['-xzf', file, '-C', folder, '--strip-components=1'], { cwd: root });
}

async function writeProject(project: string): Promise<void> {
  const manifest = { private: true, type: 'module' };
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function link(name: string, modules: string): void {
  const from = join(root, 'node_modules', name);
  const to = join(modules, name);
  if (existsSync(to)) return;
  if (!existsSync(from)) throw new Error(`${name} is not installed here; run npm ci`);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to, 'junction');
}
