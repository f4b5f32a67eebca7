import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { joinModules, linkModules } from '@strata/audit/copy';

export const repository = resolve(import.meta.dirname, '../../../..');

/** Longest time for one command in a copy. */
const limitMs = 300_000;

/** A copy of the whole repository, built, to be changed as somebody would who follows a recipe. */
export class RepositoryCopy {
  readonly folder: string;
  readonly #packages: readonly string[];

  private constructor(folder: string, packages: readonly string[]) {
    this.folder = folder;
    this.#packages = packages;
  }

  /** Copies what git knows of and the results of the build, and links everybody else's packages. */
  static async make(): Promise<RepositoryCopy> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'strata-recipe-')));
    const words = ['ls-files', '--cached', '--others', '--exclude-standard'];
    const known = spawnSync('git', words, { cwd: repository, encoding: 'utf8' }).stdout.split('\n');
    const files = known.filter((file) => file !== '' && existsSync(join(repository, file)));
    const packages = files.flatMap((file) => /^(?:packages|tools)\/[^/]+(?=\/package\.json$)/.exec(file) ?? []);
    const built = [...packages.map((one) => `${one}/dist`), 'out-tsc'].filter((one) =>
      existsSync(join(repository, one)),
    );
    for (const path of [...files, ...built]) {
      cpSync(join(repository, path), join(folder, path), { recursive: true, preserveTimestamps: true });
    }
    await linkModules(repository, folder, packages);
    const copy = new RepositoryCopy(folder, packages);
    for (const git of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      copy.spawn('git', git);
    return copy;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Throws where the change changes nothing. */
  edit(path: string, change: (text: string) => string): void {
    const text = readFileSync(join(this.folder, path), 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`${path}: nothing to change`);
    this.write(path, changed);
  }

  /** Files that are new or not as they were, but for what git ignores. */
  touched(): string[] {
    const list = (...words: string[]) => this.spawn('git', words).stdout.split('\n');
    const files = [...list('diff', '--name-only'), ...list('ls-files', '--others', '--exclude-standard')];
    return files.filter((file) => file !== '').sort();
  }

  /** The compiler's and the linter's words about everything; empty when both are content. */
  async build(): Promise<string> {
    const { status, stdout } = this.node(['node_modules/typescript/bin/tsc', '-b', '--pretty', 'false']);
    if (status !== 0) return stdout;
    for (const one of this.#packages) await joinModules(repository, this.folder, one, limitMs);
    return '';
  }

  /** Runs Biome on files. */
  biome(...words: readonly string[]): SpawnSyncReturns<string> {
    return this.node(['node_modules/@biomejs/biome/bin/biome', ...words]);
  }

  /** Runs tests of any package; paths and options as Vitest takes them. */
  test(...words: readonly string[]): SpawnSyncReturns<string> {
    const limits = ['--testTimeout=120000', '--hookTimeout=120000'];
    return this.node(['node_modules/vitest/vitest.mjs', 'run', '--reporter=tap-flat', ...limits, ...words]);
  }

  node(words: readonly string[], env: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> {
    return this.spawn(process.execPath, words, env);
  }

  spawn(command: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const options = { cwd: this.folder, timeout: limitMs, maxBuffer: 2 ** 26, env: { ...process.env, ...env } };
    return spawnSync(command, words, { ...options, encoding: 'utf8' });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
