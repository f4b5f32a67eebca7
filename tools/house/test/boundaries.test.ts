import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const copy = mkdtempSync(join(tmpdir(), 'strata-boundaries-'));
cpSync(join(root, 'biome.json'), join(copy, 'biome.json'));
cpSync(join(root, 'tools/lint'), join(copy, 'tools/lint'), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
spawnSync('git', ['init', '-q', copy]);
afterAll(() => rmSync(copy, { recursive: true }));

/** What the linter says of one source line, as if it stood in that file. */
function lint(file: string, line: string): { status: number | null; output: string } {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${line}\n`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--only=style/noRestrictedImports', file],
    { cwd: copy, encoding: 'utf8' },
  );
  rmSync(path);
  return { status, output: stdout + stderr };
}

describe('imports go one way', () => {
  it.each([
    ['packages/core/src/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['packages/core/src/x.ts', "const late = await import('@strata/googlenet');"],
    ['packages/core/src/x.ts', "import { readFileSync } from 'node:fs';"],
    ['packages/backend-onnx/src/x.ts', "import { createBackend } from '@strata/backend-tfjs';"],
    ['packages/backend-tfjs/src/lowerings/x.ts', "import { loadGoogLeNet } from '@strata/googlenet';"],
    ['packages/backend-gpujs/src/x.ts', "import { checkOp } from '@strata/conformance';"],
    ['packages/googlenet/src/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['packages/googlenet/src/x.ts', "import { main } from '@strata/cli';"],
    ['packages/cli/src/x.ts', "import { measure } from '@strata/bench';"],
    ['packages/cli/src/x.ts', "const late = await import('@strata/conformance');"],
    ['packages/cli/src/x.ts', "export { describeBackend } from '@strata/conformance/vitest';"],
  ])('%s may not: %s', (file, line) => {
    const { status, output } = lint(file, line);
    expect(output).toContain('noRestrictedImports');
    expect(status).toBe(1);
  });

  it.each([
    ['packages/backend-onnx/src/x.ts', "export { defineBackend } from '@strata/core';"],
    ['packages/googlenet/src/x.ts', "export { interpret } from '@strata/core/reference';"],
    ['packages/cli/src/x.ts', "export { loadGoogLeNet } from '@strata/googlenet';"],
    ['packages/cli/src/x.ts', "export { diffNetworks } from '@strata/conformance/network';"],
  ])('%s may: %s', (file, line) => {
    expect(lint(file, line).status).toBe(0);
  });

  it('names in each package.json only rooms below', () => {
    const below: Record<string, readonly string[]> = {
      '@strata/core': [],
      '@strata/backend-onnx': ['@strata/core'],
      '@strata/backend-tfjs': ['@strata/core'],
      '@strata/backend-gpujs': ['@strata/core'],
      '@strata/googlenet': ['@strata/core'],
    };
    const folders = readdirSync(join(root, 'packages'));
    for (const folder of folders) {
      const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
      const allowed = below[manifest.name];
      if (allowed === undefined) continue;
      const ours = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) =>
        name.startsWith('@strata/'),
      );
      expect(allowed, manifest.name).toEqual(expect.arrayContaining(ours));
    }
  });
});

describe('the linter refuses casts', () => {
  it('but neither as const nor a renamed import', () => {
    const path = join(copy, 'packages/core/src/cast.ts');
    mkdirSync(dirname(path), { recursive: true });
    const check = (text: string) => {
      writeFileSync(path, text);
      return spawnSync(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', 'packages'], {
        cwd: copy,
        encoding: 'utf8',
      });
    };
    expect(check("export const x = JSON.parse('1') as number;\n").status).toBe(1);
    expect(check("import { x as y } from './x.js';\nexport const z = [y] as const;\n").status).toBe(0);
  });
});
