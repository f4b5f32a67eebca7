import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkContext } from '../gl/context.mjs';
import { cachedBinary, checkTools, placeBinary } from '../gl/package.mjs';

const folder = mkdtempSync(join(tmpdir(), 'strata-gl-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A probe that behaves as the package gl would on some machine. */
function probe(name: string, code: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, code);
  return path;
}

describe('checkContext', () => {
  const environment = { ...process.env, DISPLAY: ':99' };

  it('names the renderer of a context', () => {
    const path = probe('works', "process.stdout.write('ANGLE (Some GPU)')");
    expect(checkContext({ environment, path })).toEqual({ state: 'works', renderer: 'ANGLE (Some GPU)' });
  });

  it('distinguishes a missing display from a package that does not load', () => {
    const silent = checkContext({ environment, path: probe('silent', 'process.exit(3)') });
    expect(silent).toMatchObject({ state: 'no display', hint: expect.stringContaining('apt-get install xvfb') });
    const broken = checkContext({ environment, path: probe('broken', "throw new Error('no bindings file')") });
    expect(broken).toEqual({ state: 'does not load', reason: 'Error: no bindings file' });
  });

  it('survives a driver that crashes', () => {
    const path = probe('crash', "process.kill(process.pid, 'SIGKILL')");
    expect(checkContext({ environment, path })).toMatchObject({ reason: 'the process ended with SIGKILL' });
  });
});

describe('checkTools', () => {
  it('names all that is missing in one error', () => {
    const lacking = (program: string, [first, library]: readonly string[]) =>
      program !== 'make' && !(first === '--exists' && library === 'xi');
    expect(() => checkTools(lacking)).toThrowErrorMatchingInlineSnapshot(
      `[Error: the build lacks make, the headers of xi; Debian: apt-get install make libxi-dev]`,
    );
  });

  it('requires every header where pkg-config itself is missing', () => {
    expect(() => checkTools((program: string) => program !== 'pkg-config')).toThrow(
      'apt-get install pkg-config libx11-dev libxext-dev libxi-dev libgl1-mesa-dev',
    );
  });

  it('accepts a machine that has them all', () => {
    expect(checkTools(() => true)).toBeUndefined();
  });
});

describe('the cache', () => {
  it('keeps a binary for each version of Node, system and processor', () => {
    const of = (modules: string, arch: string) => cachedBinary({ platform: 'linux', arch, versions: { modules } });
    expect(new Set([of('115', 'x64'), of('127', 'x64'), of('115', 'arm64')]).size).toBe(3);
  });

  it('makes the folder that a binary goes to', () => {
    const from = probe('binary', 'bytes');
    const to = join(folder, 'build/Release/webgl.node');
    placeBinary(from, to);
    expect(readFileSync(to, 'utf8')).toBe('bytes');
  });
});
