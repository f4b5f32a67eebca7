import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '@strata/core';
import { type Fault, packagesOf } from './fault.js';

const execute = promisify(execFile);

/** A copy of the sources to plant faults in; the working tree is only read. */
export interface Scratch {
  /** Applies the patch and builds the packages that it changes. Throws when either fails. */
  plant(fault: Fault, patchFile: string): Promise<void>;
  /** Puts the packages that the fault changed back as they were. */
  restore(fault: Fault): Promise<void>;
  /** Runs a module of the copy in a process of its own and returns what it prints. */
  run(module: string, argument: string): Promise<string>;
  remove(): Promise<void>;
}

const copied = [
  'packages/core',
  'packages/backend-onnx',
  'packages/backend-tfjs',
  'packages/backend-gpujs',
  'packages/googlenet',
  'tools/browser',
  'tools/conformance',
];

/** What of a package its build needs, and its data. */
const parts = ['package.json', 'tsconfig.json', 'tsconfig.lib.json', 'src', 'cases'];

/** Longest time for the checks of one fault; whoever takes longer hangs. */
const limitMs = 600_000;

/** Copies the sources under the system's folder for temporary files and builds them all once. */
export async function openScratch(repository: string): Promise<Scratch> {
  const root = await mkdtemp(join(tmpdir(), 'strata-faults-'));
  const run = (words: readonly string[]) =>
    execute(process.execPath, [...words], { cwd: root, timeout: limitMs, maxBuffer: 2 ** 26 });
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const saved = (folder: string) => join(root, 'saved', folder);
  /** The second half of the build of a package that is published as one file an entry. */
  const joinModules = async (folder: string) => {
    const manifest = await readFile(join(root, folder, 'package.json'), 'utf8');
    if (!manifest.includes('join-modules')) return;
    const script = join(repository, 'tools/house/join-modules.mjs');
    await execute(process.execPath, [script], { cwd: join(root, folder), timeout: limitMs });
  };
  try {
    await copySources(repository, root);
    await linkModules(repository, root);
    await run([compiler, '-b', 'tools/conformance/tsconfig.lib.json']);
    for (const folder of copied) await joinModules(folder);
    for (const folder of copied) await cp(join(root, folder), saved(folder), { recursive: true });
  } catch (error) {
    await rm(root, { recursive: true });
    throw error;
  }
  return {
    async plant(fault, patchFile) {
      // As if this were no part of a repository: inside of one, git skips files that it does not know.
      const env = { ...process.env, GIT_CEILING_DIRECTORIES: join(root, '..') };
      await execute('git', ['apply', patchFile], { cwd: root, env });
      for (const file of fault.files) {
        const [faulty, right] = await Promise.all([readFile(join(root, file)), readFile(saved(file))]);
        if (faulty.equals(right))
          throw new InputError({ where: fault.name, got: `${file} unchanged`, want: 'a fault' });
      }
      for (const folder of packagesOf(fault)) {
        await run([compiler, '-p', `${folder}/tsconfig.lib.json`]);
        await joinModules(folder);
      }
    },
    async restore(fault) {
      for (const folder of packagesOf(fault)) {
        await rm(join(root, folder), { recursive: true });
        await cp(saved(folder), join(root, folder), { recursive: true });
      }
    },
    run: async (module, argument) => (await run([join(root, module), argument])).stdout,
    remove: () => rm(root, { recursive: true }),
  };
}

async function copySources(repository: string, root: string): Promise<void> {
  for (const folder of copied) {
    await mkdir(join(root, folder), { recursive: true });
    const present = await readdir(join(repository, folder));
    for (const part of parts.filter((name) => present.includes(name))) {
      await cp(join(repository, folder, part), join(root, folder, part), { recursive: true });
    }
  }
  // A fault often leaves a name unused, which is no reason not to build it.
  const base = await readFile(join(repository, 'tsconfig.base.json'), 'utf8');
  await writeFile(join(root, 'tsconfig.base.json'), base.replaceAll(/"(noUnused\w+)": true/g, '"$1": false'));
}

/** The repository's dependencies, but the copied packages in place of its own. */
async function linkModules(repository: string, root: string): Promise<void> {
  const modules = join(root, 'node_modules');
  await mkdir(join(modules, '@strata'), { recursive: true });
  for (const name of await readdir(join(repository, 'node_modules'))) {
    if (name === '@strata' || name.startsWith('.')) continue;
    await symlink(join(repository, 'node_modules', name), join(modules, name));
  }
  for (const folder of copied) {
    await symlink(join(root, folder), join(modules, '@strata', folder.split('/')[1]));
  }
}
