import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { launchChromium } from '@strata/browser';
import { bundlers } from './bundlers/index.js';
import { checkContents } from './check-contents.js';
import { checkTypes, compilers, resolutions, type Setting } from './check-types.js';
import { attwTarball, publintTarball } from './lint-tarball.js';
import type { Tarball } from './pack.js';
import { deviceOf, isExpected } from './programs.js';
import { run } from './run.js';
import type { Runtime } from './runtimes.js';
import { visit } from './visit.js';

/** One line of the report. `told` is what a user would see; of a failure, the complaint. */
export interface Result {
  readonly room: 'tarball' | 'types' | 'program' | 'page';
  readonly what: string;
  readonly ok: boolean;
  readonly told: string;
}

export async function* checkTarballs(tarballs: readonly Tarball[], project: string): AsyncGenerator<Result> {
  for (const tarball of tarballs) {
    const { manifest, size, unpackedSize, files } = tarball;
    const complaints = [
      ...checkContents(tarball, join(project, 'node_modules', manifest.name)),
      ...(await publintTarball(tarball)),
      ...(await attwTarball(tarball)),
    ];
    const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
    const told =
      complaints.join('; ') || `${kilobytes(size)}, ${kilobytes(unpackedSize)} unpacked, ${files.length} files`;
    yield { room: 'tarball', what: manifest.name, ok: complaints.length === 0, told };
  }
}

export async function* checkPrograms(
  runtimes: readonly Runtime[],
  project: string,
  backends: readonly string[],
): AsyncGenerator<Result> {
  for (const { name, program, args, gaps } of runtimes) {
    for (const file of backends.flatMap((backend) => [`${backend}.mjs`, `${backend}.cjs`])) {
      const [backend] = file.split('.');
      const options = { cwd: project, env: { FORCE_COLOR: '0' }, timeout: 120_000 };
      const ran = await run(program, [...args, file], options);
      // Deno takes any FORCE_COLOR for a yes.
      const [stdout, stderr] = [ran.stdout, ran.stderr].map((text) => stripVTControlCharacters(text));
      const gap = gaps[backend];
      // Drivers write lines of their own among the errors.
      const complaint = stderr.split('\n').find((line) => (gap ?? /Error: /).test(line)) ?? 'no message';
      const told = isExpected(backend, stdout) ? `Ankle boot on ${backend}/${deviceOf(stdout)}` : complaint;
      const ok = gap === undefined ? isExpected(backend, stdout) : gap.test(stderr);
      yield { room: 'program', what: `${name}, ${file}`, ok, told: gap === undefined ? told : `known gap: ${told}` };
    }
  }
}

export async function* checkAllTypes(
  project: string,
  filesFor: Readonly<Record<Setting['world'], readonly string[]>>,
): AsyncGenerator<Result> {
  for (const compiler of compilers) {
    for (const moduleResolution of resolutions) {
      for (const world of ['page', 'worker', 'node', 'nothing'] as const) {
        const complaint = await checkTypes(project, filesFor[world], { compiler, moduleResolution, world });
        const what = `${compiler}, ${moduleResolution}, knowing of: ${world}`;
        yield { room: 'types', what, ok: complaint === '', told: complaint || 'no error' };
      }
    }
  }
}

export async function* checkPages(project: string, backends: readonly string[]): AsyncGenerator<Result> {
  const browser = await launchChromium();
  try {
    for (const { name, bundle } of bundlers) {
      for (const backend of backends) {
        const out = join(project, 'out', name, backend);
        const script = await bundle(project, `${backend}.mjs`, out);
        const { said, missing } = await visit(browser, script, [out, project]);
        const ok = isExpected(backend, said) && missing.length === 0;
        const told = ok ? `Ankle boot on ${backend}/${deviceOf(said)}` : `${said}; missing: ${missing.join(', ')}`;
        yield { room: 'page', what: `${name}, ${backend}`, ok, told };
      }
    }
  } finally {
    await browser.close();
  }
}
