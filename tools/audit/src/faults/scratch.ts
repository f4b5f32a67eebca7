import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { readRecord } from '@strata/conformance';
import { InputError, messageOf } from '@strata/core';
import { joinModules, linkModules } from '../copy/index.js';
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
  /** Runs a test file of a package of the copy and returns vitest's report, as JSON. `InputError` when it writes none. */
  test(folder: string, file: string): Promise<string>;
  remove(): Promise<void>;
}

/** What of a package its build and its tests need, and its data. */
const parts = [
  'package.json',
  'tsconfig.json',
  'tsconfig.lib.json',
  'tsconfig.test.json',
  'src',
  'cases',
  'bin',
  'samples',
  'test',
  'weights',
  'vitest.config.ts',
];

/** The longest time for the checks of one fault; what takes longer has hung. */
const limitMs = 600_000;

/** Copies the sources under the system's folder for temporary files and builds them all once. */
export async function openScratch(repository: string): Promise<Scratch> {
  const copied = await foldersBelow(repository, '@strata/audit');
  const root = await mkdtemp(join(tmpdir(), 'strata-faults-'));
  const run = (words: readonly string[]) =>
    execute(process.execPath, [...words], { cwd: root, timeout: limitMs, maxBuffer: 2 ** 26 });
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const saved = (folder: string) => join(root, 'saved', folder);
  const finish = (folder: string) => joinModules(repository, root, folder, limitMs);
  try {
    await copySources(repository, root, copied);
    await linkModules(repository, root, copied);
    // Backends are loaded by their names, so no reference leads the compiler to them.
    await run([compiler, '-b', ...copied.map((folder) => `${folder}/tsconfig.lib.json`)]);
    for (const folder of copied) await finish(folder);
    for (const folder of copied) await cp(join(root, folder), saved(folder), { recursive: true });
  } catch (error) {
    await rm(root, { recursive: true });
    throw error;
  }
  return {
    async plant(fault, patchFile) {
      // As if this were outside of any repository: inside one, git skips files that it does not track.
      const env = { ...process.env, GIT_CEILING_DIRECTORIES: join(root, '..') };
      await execute('git', ['apply', patchFile], { cwd: root, env });
      for (const file of fault.files) {
        const [faulty, right] = await Promise.all([readFile(join(root, file)), readFile(saved(file))]);
        if (faulty.equals(right))
          throw new InputError({ where: fault.name, got: `${file} unchanged`, want: 'a fault' });
      }
      for (const folder of packagesOf(fault)) {
        await run([compiler, '-p', `${folder}/tsconfig.lib.json`]);
        await finish(folder);
      }
    },
    async restore(fault) {
      for (const folder of packagesOf(fault)) {
        await rm(join(root, folder), { recursive: true });
        await cp(saved(folder), join(root, folder), { recursive: true });
      }
    },
    run: async (module, argument) => (await run([join(root, module), argument])).stdout,
    async test(folder, file) {
      const report = join(root, folder, 'report.json');
      const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
      const words = [vitest, 'run', file, '--testTimeout=60000', '--reporter=json', `--outputFile=${report}`];
      await rm(report, { force: true });
      // Its exit code says that a test failed, which the report says too.
      const failure = await execute(process.execPath, words, { cwd: join(root, folder), timeout: limitMs }).then(
        () => undefined,
        messageOf,
      );
      return readFile(report, 'utf8').catch((cause: unknown) => {
        throw new InputError({ where: file, got: `no report (${failure})`, want: 'one of vitest', cause });
      });
    },
    remove: () => rm(root, { recursive: true }),
  };
}

/** The folders of a package of ours and of all that it needs of ours: `packages/core`. */
async function foldersBelow(repository: string, start: string): Promise<string[]> {
  const folders = new Map<string, string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (folders.has(name)) continue;
    const folder = await realpath(join(repository, 'node_modules', name));
    folders.set(name, relative(repository, folder));
    const manifest = readRecord(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')), name);
    const needed = [manifest.dependencies, manifest.peerDependencies].flatMap((names) => Object.keys(names ?? {}));
    waiting.push(...needed.filter((one) => one.startsWith('@strata/')));
  }
  return [...folders.values()];
}

async function copySources(repository: string, root: string, copied: readonly string[]): Promise<void> {
  for (const folder of copied) {
    await mkdir(join(root, folder), { recursive: true });
    const present = await readdir(join(repository, folder));
    for (const part of parts.filter((name) => present.includes(name))) {
      await cp(join(repository, folder, part), join(root, folder, part), { recursive: true });
    }
  }
  // A fault often leaves a name unused, which must not keep it from building.
  const base = await readFile(join(repository, 'tsconfig.base.json'), 'utf8');
  await writeFile(join(root, 'tsconfig.base.json'), base.replaceAll(/"(noUnused\w+)": true/g, '"$1": false'));
}
