import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { backends } from '../backends.mjs';
import { compareWithRecipe, readRecipe } from './support/recipe.js';
import { RepositoryCopy, repository } from './support/repository-copy.js';

const named = readRecipe(repository, 'Add an op');
const words = { x: 'abs' };
const copy = await RepositoryCopy.make();
afterAll(() => copy.remove());

/** The files of an op of one's own, `abs`, as they stand here. */
const fixtures = join(import.meta.dirname, '../recipes/op');
const own = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Files of the recipe that everybody adds lines to. */
const tables = named
  .filter(({ head, path }) => !head.startsWith('only') && existsSync(join(repository, path)))
  .map(({ path }) => path);

/** Adds what a table needs: relu's lines again, renamed; where relu has none, the line that a table asks for. */
function addLines(path: string): void {
  const lines = /^.* from '\.\/relu\.js';\n|^ *'?(?:relu|Relu|ReluLayer)'?[,:].*\n/gm;
  copy.edit(path, (text) =>
    path.endsWith('laws/index.ts')
      ? text.replace(/^(?= {2}dropout: )/m, "  abs: 'works on each number by itself: the reference needs no help',\n")
      : text.replaceAll(lines, (line) => line + line.replaceAll('relu', 'abs').replaceAll('Relu', 'Abs')),
  );
}

function addFile(file: string): void {
  copy.write(file, readFileSync(join(fixtures, file), 'utf8'));
}

/** Tables that need the op whenever core has it, as the compiler says. */
const typed: string[] = [];

/** What tests say where the compiler says nothing: by file, the test that fails without the line. */
const noticed: Readonly<Record<string, string>> = {
  'packages/core/src/ops/index.ts': 'abs > exports its attributes and the options of its layer',
  'packages/formats/src/onnx/importers/importer-table.ts': 'of abs is one ONNX node, read as the same layer',
  'tools/trials/src/graphs/steps.ts': 'have abs in random graphs, too',
  'tools/trials/src/laws/index.ts': 'abs has a law in src/laws, or a reason',
};

/** Where those tests are. */
const noticing = ['core/test/op-files', 'formats/test/onnx/operators', 'trials/test/generators', 'trials/test/laws'];

function failuresIn(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('not ok'));
}

describe('an op that is added by CONTRIBUTING.md', () => {
  const table = 'packages/core/src/ops/op-table.ts';

  it('does not compile before the tables have it, those of all trials among them', async () => {
    addFile('packages/core/src/ops/abs.ts');
    addLines(table);
    const said = await copy.build();
    typed.push(...tables.filter((path) => said.includes(`${path}(`)));
    expect([...typed, table, ...Object.keys(noticed)].sort()).toEqual([...tables].sort());
    expect(typed).toContain('tools/trials/src/generators/table.ts');
  });

  it('compiles with them, but fails a test for each line that is forgotten', async () => {
    for (const file of own) addFile(file);
    for (const path of typed) addLines(path);
    expect(await copy.build()).toBe('');
    const failed = failuresIn(copy.test('--no-isolate', ...noticing, '--testNamePattern', String.raw`\babs\b`).stdout);
    for (const name of Object.values(noticed)) expect(failed).toContainEqual(expect.stringContaining(name));
    expect(failed).toHaveLength(Object.keys(noticed).length);
  });

  it('touches the files that the recipe names, all of them and no other', () => {
    for (const path of Object.keys(noticed)) addLines(path);
    const touched = copy.touched();
    expect(compareWithRecipe(named, touched, words)).toEqual({ unnamed: [], needless: [] });
    copy.biome('check', '--write', ...touched);
    expect(copy.biome('check', ...touched).status).toBe(0);
  });

  it('passes the tests of core, formats, trials and conformance', async () => {
    expect(await copy.build()).toBe('');
    const conformance = ['reflection', 'cli', 'cases'].map((name) => `tools/conformance/test/${name}`);
    const { status, stdout } = copy.test(
      '--no-isolate',
      'packages/core/',
      'packages/formats/',
      'tools/trials/',
      ...conformance,
    );
    expect(failuresIn(stdout)).toEqual([]);
    expect(status).toBe(0);
  });

  it('is tried by the tests of every backend', () => {
    const { stdout } = copy.test('packages/backend-', '--testNamePattern', ' on abs$');
    expect(failuresIn(stdout)).toEqual([]);
    for (const { name } of backends)
      expect(stdout).toMatch(new RegExp(`^ok .*packages/backend-${name}/.* on abs # time`, 'm'));
  });

  it('is right on every quick device', () => {
    const { stdout } = copy.node(['tools/conformance/dist/main.js', '--op', 'abs', '--runs', '20', '--json']);
    const results: { readonly backend: string }[] = JSON.parse(stdout);
    for (const result of results) expect(result).toMatchObject({ op: 'abs', checked: 20, failed: 0, gaps: [] });
    expect(new Set(results.map(({ backend }) => backend))).toEqual(new Set(backends.map(({ name }) => name)));
  });
});
