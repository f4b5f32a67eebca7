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
    ['packages/core/src/x.ts', "import { openSafetensors } from '@strata/formats/safetensors';"],
    ['packages/formats/src/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['packages/formats/src/onnx/x.ts', "const late = await import('@strata/googlenet');"],
    ['packages/formats/src/npy/x.ts', "import { readFileSync } from 'node:fs';"],
    ['packages/backend-onnx/src/x.ts', "import { createBackend } from '@strata/backend-tfjs';"],
    ['packages/backend-tfjs/src/lowerings/x.ts', "import { loadGoogLeNet } from '@strata/googlenet';"],
    ['packages/backend-tfjs/src/x.ts', "import { checkOp } from '@strata/conformance';"],
    ['packages/googlenet/src/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['packages/googlenet/src/x.ts', "import { main } from '@strata/cli';"],
    ['packages/comparison/src/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['tools/trials/src/generators/x.ts', "import { createBackend } from '@strata/backend-onnx';"],
    ['tools/trials/src/x.ts', "import { checkSubject } from '@strata/conformance';"],
    ['tools/trials/src/x.ts', "import { expect } from 'vitest';"],
    ['tools/trials/src/x.ts', "import { readFileSync } from 'node:fs';"],
    ['packages/cli/src/x.ts', "import { measure } from '@strata/bench';"],
    ['packages/cli/src/x.ts', "import { pack } from '@strata/audit';"],
    ['packages/cli/src/x.ts', "const late = await import('@strata/conformance');"],
    ['packages/cli/src/x.ts', "export { describeBackend } from '@strata/conformance/vitest';"],
  ])('%s may not: %s', (file, line) => {
    const { status, output } = lint(file, line);
    expect(output).toContain('noRestrictedImports');
    expect(status).toBe(1);
  });

  it.each([
    ['packages/backend-onnx/src/x.ts', "export { defineBackend } from '@strata/core';"],
    ['packages/formats/src/x.ts', "export { LayerBuilder } from '@strata/core';"],
    ['packages/backend-onnx/src/x.ts', "export { encodeModel } from '@strata/formats/onnx';"],
    ['packages/googlenet/src/x.ts', "export { openSafetensors } from '@strata/formats/safetensors';"],
    ['packages/googlenet/src/x.ts', "export { interpret } from '@strata/core/reference';"],
    ['tools/trials/src/laws/x.ts', "export { agree } from '@strata/core/reference';"],
    ['tools/trials/src/laws/x.ts', "export { default as fc } from 'fast-check';"],
    ['tools/trials/src/laws/x.ts', "export { fill } from '../generators/values.js';"],
    ['packages/cli/src/x.ts', "export { loadGoogLeNet } from '@strata/googlenet';"],
    ['packages/cli/src/x.ts', "export { diffNetworks } from '@strata/comparison';"],
  ])('%s may: %s', (file, line) => {
    expect(lint(file, line).status).toBe(0);
  });

  it('are allowed by each package.json: dependencies of ours are below', () => {
    const below: Record<string, readonly string[]> = {
      '@strata/core': [],
      '@strata/formats': ['@strata/core'],
      'every backend': ['@strata/core', '@strata/formats'],
      '@strata/googlenet': ['@strata/core', '@strata/formats'],
      '@strata/trials': ['@strata/core'],
    };
    const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'tools/trials'];
    for (const folder of folders) {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const allowed = below[folder.startsWith('packages/backend-') ? 'every backend' : manifest.name];
      if (allowed === undefined) continue;
      const ours = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) =>
        name.startsWith('@strata/'),
      );
      expect(allowed, manifest.name).toEqual(expect.arrayContaining(ours));
    }
  });
});

/** The exit status of the linter for a source file of core. */
function lintText(text: string): number | null {
  const path = join(copy, 'packages/core/src/text.ts');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const linter = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return spawnSync(process.execPath, [linter, 'lint', 'packages'], { cwd: copy, encoding: 'utf8' }).status;
}

describe('the linter refuses casts', () => {
  it('but accepts as const and a renamed import', () => {
    expect(lintText("export const x = JSON.parse('1') as number;\n")).toBe(1);
    expect(lintText("import { x as y } from './x.js';\nexport const z = [y] as const;\n")).toBe(0);
  });
});

describe("the linter refuses plain objects by a user's names", () => {
  it.each([
    'export const isThere = (key: string, table: object) => key in table;',
    'const found: Record<string, number> = {};\nexport const add = (key: string) => {\n  found[key] = 1;\n};',
    'export const count = (keys: string[]) => keys.reduce((all, key) => Object.assign(all, { [key]: 1 }), {});',
    'export const count = (keys: string[]) =>\n  keys.reduce<Record<string, number>>((all, key) => Object.assign(all, { [key]: 1 }), {});',
  ])('%s', (text) => expect(lintText(`${text}\n`)).toBe(1));

  it.each([
    "export const hasData = (value: object) => 'data' in value;",
    'export const table: Record<string, number> = { x: 1 };',
    'export const count = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, 1]));',
    'export const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);',
  ])('but not %s', (text) => expect(lintText(`${text}\n`)).toBe(0));
});
