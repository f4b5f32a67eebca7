import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'strata-run-built-')));
const source = join(scratch, 'packages/one/one.ts');

/** A repository of one package, with this script in its place. */
beforeAll(() => {
  for (const folder of ['packages/one', 'tools']) mkdirSync(join(scratch, folder), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
  spawnSync('cp', ['-r', join(root, 'tools/house'), join(scratch, 'tools/house')]);
  const write = (file: string, value: unknown) => writeFileSync(join(scratch, file), JSON.stringify(value));
  write('package.json', { name: 'scratch', private: true, workspaces: ['packages/*'] });
  write('nx.json', { analytics: false, neverConnectToCloud: true, useDaemonProcess: false });
  write('packages/one/package.json', { name: 'one', type: 'module', scripts: { build: 'tsc -p .' } });
  write('packages/one/tsconfig.json', {
    compilerOptions: { strict: true, types: [], noEmit: true },
    files: ['one.ts'],
  });
  writeFileSync(join(scratch, 'say.mjs'), 'console.log(...process.argv.slice(2)); process.exitCode = 3;');
});

afterAll(() => rmSync(scratch, { recursive: true }));

function runBuilt() {
  const words = [join(scratch, 'tools/house/run-built.mjs'), 'one', 'say.mjs', 'these', 'words'];
  const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: scratch };
  return spawnSync(process.execPath, words, { cwd: scratch, encoding: 'utf8', env });
}

it('runs the script with its words and its exit code, and adds nothing', () => {
  writeFileSync(source, 'export const x: string = "";\n');
  expect(runBuilt()).toMatchObject({ status: 3, stdout: 'these words\n', stderr: '' });
});

it('prints the error of the compiler, and does not run the script', () => {
  writeFileSync(source, 'export const x: string = 5;\n');
  const { status, stdout, stderr } = runBuilt();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/one\.ts\D1\D14.* error TS2322: Type 'number' is not assignable to type 'string'\./);
  expect(stderr).not.toContain('full log');
});
