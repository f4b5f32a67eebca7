import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkPackage } from '@strata/audit/copy';
import { computeKinds } from '@strata/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithRecipe, readRecipe } from './support/recipe.js';
import { RepositoryCopy, repository } from './support/repository-copy.js';

const named = readRecipe(repository, 'Add a backend');
const words = { mine: 'abacus', D: '(?:webgpu|webgl|js)', x: '[a-z0-9-]+' };
const folder = 'packages/backend-abacus';
const copy = await RepositoryCopy.make();
afterAll(() => copy.remove());

/** A backend that computes with the reference, as it stands here; its lowerings and what all packages share are made. */
function addPackage(): void {
  const fixtures = join(import.meta.dirname, '../recipes/backend');
  for (const { name, parentPath } of readdirSync(fixtures, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    if (/\.\w+$/.test(name)) copy.write(`${folder}${path.slice(fixtures.length)}`, readFileSync(path, 'utf8'));
  }
  for (const name of ['LICENSE', 'tsconfig.json', 'tsconfig.lib.json', 'tsconfig.test.json']) {
    const text = readFileSync(join(repository, 'packages/backend-gpujs', name), 'utf8');
    copy.write(`${folder}/${name}`, text.replaceAll('gpujs', 'abacus'));
  }
  const fileOf = (op: string) => op.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  for (const op of computeKinds) {
    const lowering = `import { referenceTable } from '@strata/core/reference';\n\nexport const ${op} = referenceTable.${op};\n`;
    copy.write(`${folder}/src/lowerings/${fileOf(op)}.ts`, lowering);
  }
  const imports = computeKinds.map((op) => `import { ${op} } from './${fileOf(op)}.js';\n`).join('');
  const table = `export const loweringTable: { readonly [K in ComputeKind]: OpReference<K> } = { ${computeKinds.join(', ')} };\n`;
  const types = `import type { ComputeKind } from '@strata/core';\nimport type { OpReference } from '@strata/core/reference';\n`;
  copy.write(`${folder}/src/lowerings/lowering-table.ts`, `${types}${imports}\n${table}`);
}

/** Adds the lines of the recipe's second table: behind those of another backend, and of the same form. */
function addLines(): void {
  const others = named.filter(({ head, path }) => head.startsWith('lines in') && !path.endsWith('package-lock.json'));
  const line = /^.*backend-onnx.*\n/m;
  for (const { path } of others) {
    copy.edit(path, (text) => text.replace(line, (one) => one + one.replaceAll('backend-onnx', 'backend-abacus')));
  }
  // What `npm install` writes; all that it needs is here.
  const npm = copy.spawn('npm', ['install', '--package-lock-only', '--ignore-scripts', '--offline', '--no-audit']);
  expect(npm.status, npm.stderr).toBe(0);
}

const run = copy.node.bind(copy);

/** What an expression gives in a module of the copy's audit, as JSON. */
function look(imports: string, expression: string): unknown {
  copy.write('tools/audit/look.mjs', `${imports}\nprocess.stdout.write(JSON.stringify(${expression}));`);
  const { stdout, stderr } = run(['tools/audit/look.mjs']);
  return JSON.parse(stdout || JSON.stringify(stderr));
}

describe('a fourth backend, which is a package and dependency lines,', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    addPackage();
    addLines();
    await linkPackage(copy.folder, folder);
  });

  it('touches the files that the recipe names, all of them and no other', () => {
    const touched = copy.touched();
    expect(compareWithRecipe(named, touched, words)).toEqual({ unnamed: [], needless: [] });
    const sources = touched.filter((file) => file !== 'package-lock.json');
    copy.biome('check', '--write', ...sources);
    const { status, stderr } = copy.biome('check', ...sources);
    expect(status, stderr).toBe(0);
  });

  it('compiles, and passes its own tests and those that look at every backend', async () => {
    expect(await copy.build()).toBe('');
    const looking = ['backend-lists', 'conformance/test/reflection', 'trials/test/subjects'];
    const { status, stdout } = copy.test(
      '--no-isolate',
      'backend-abacus',
      ...looking,
      '--testNamePattern',
      '^(?!.*is right on the reference)',
    );
    expect(stdout.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('is in the command', () => {
    const { stdout } = run(['packages/cli/bin/strata.js', 'devices', '--json', '--device', 'webgl']);
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ backend: 'abacus', device: 'webgl', reason: 'for browsers: it needs a frame' }),
    );
    expect(run(['packages/cli/bin/strata.js', 'classify', '--help']).stdout).toMatch(/--backend <name> .*, abacus, /);
    expect(run(['packages/cli/bin/strata.js', '--help']).stdout).toContain('gpu.js or Abacus.');
  });

  it('is compared by conformance, in Node and in a page', () => {
    const words = ['--backend', 'abacus', '--op', 'relu', '--runs', '3', '--json'];
    const { stdout } = run(['tools/conformance/dist/main.js', ...words]);
    expect(JSON.parse(stdout)).toMatchObject([{ op: 'relu', checked: 3, failed: 0 }]);
    expect(run(['tools/conformance/dist/main.js', '--help']).stdout).toContain('abacus');
    const seen = look(
      `import { nameTarget, targets } from '@strata/conformance/targets';
      import { pageTargets } from '@strata/conformance/chromium';`,
      '[...targets, ...pageTargets().targets].map(nameTarget)',
    );
    expect(seen).toEqual(
      expect.arrayContaining(['abacus/js', 'abacus/webgpu', 'abacus/js in chromium', 'abacus/webgl in chromium']),
    );
  });

  it('is imported by a page that a bundler makes', () => {
    copy.write('page.js', "import { backends } from '@strata/browser/backends'; console.log(backends.abacus);");
    const bundled = look(
      `import { readdirSync, readFileSync } from 'node:fs';
      import { backendsPlugin, bundlePage } from '@strata/browser';
      const entry = ${JSON.stringify(join(copy.folder, 'page.js'))};
      const plugin = backendsPlugin({ abacus: '@strata/backend-abacus' }, entry);
      const assets = (await bundlePage(entry, ${JSON.stringify(join(copy.folder, 'out'))}, [plugin])) + '/assets/';`,
      "readdirSync(assets).map((name) => readFileSync(assets + name, 'utf8')).join('')",
    );
    expect(bundled).toContain('no frame');
  });

  it('is asked for by the summary in CI', () => {
    const { stdout } = run(['tools/house/summary.mjs'], { CI: 'true' });
    expect(stdout).toContain('error: not tested: abacus/js\n');
    expect(stdout).toContain('error: not tested: abacus/js in chromium\n');
  });

  it('is timed by the bench, beside another device for want of a peer', () => {
    expect(run(['tools/bench/dist/src/main.js', '--help']).stdout).toMatch(/--only \S*\babacus-js\b/);
  });

  it('is audited: mutants, other Nodes, a machine with a GPU', () => {
    const seen = look(
      `import { backends } from '@strata/conformance/targets';
      import { listLowerings } from './mutation/list-lowerings.mjs';
      import { coreOfTheSuite } from './nodes/core-of-the-suite.mjs';
      import { ours } from './gpu-check/pack/contents.mjs';`,
      `{
        mutants: backends.flatMap(({ name }) => listLowerings('.', name)),
        nodes: coreOfTheSuite,
        packed: ours.map(({ name }) => name),
      }`,
    );
    expect(seen).toEqual({
      mutants: expect.arrayContaining(['packages/backend-abacus/src/lowerings/relu.ts']),
      nodes: expect.arrayContaining([{ folder: 'packages/backend-abacus', files: ['js.test.ts'] }]),
      packed: expect.arrayContaining(['@strata/backend-abacus']),
    });
    expect(run(['tools/audit/dist/gpu-check/main.js', '--help']).stdout).toContain('abacus/webgpu');
  });
});
