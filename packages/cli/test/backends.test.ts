import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveModule } from '../src/backends/resolve-module.js';
import { makeFolder } from './support/folder.js';
import { fixture, ramp, strata } from './support/strata.js';

const folder = makeFolder();

describe('--backend', () => {
  it('takes a path, and passes device and threads on', async () => {
    const { code, stdout } = await strata('summary', ...ramp, '--device', 'ramp', '--threads', '3', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ backend: 'ramp', device: 'ramp', gaps: [] });
  });

  it('tells which layers a backend cannot run', async () => {
    const { code, stdout, stderr } = await strata('summary', ...ramp, '--variant', 'bvlc', '--json');
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).gaps).toEqual([
      { node: 'norm1', op: 'lrn', reason: 'ramps are not local' },
      { node: 'norm2', op: 'lrn', reason: 'ramps are not local' },
    ]);
    const plain = await strata('summary', ...ramp, '--variant', 'bvlc');
    expect(plain.stderr).toBe(
      'error: ramp/ramp: norm1 (lrn): ramps are not local\nerror: ramp/ramp: norm2 (lrn): ramps are not local\n',
    );
  });

  it.each(['no-backend', 'broken-backend', 'empty-backend', 'throwing-backend'])('refuses %s', async (name) => {
    const path = fixture(`${name}.mjs`);
    const { code, stdout, stderr } = await strata('summary', '--backend', path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.replaceAll(path, `${name}.mjs`)).toMatchSnapshot();
  });
});

describe('resolveModule', () => {
  const install = (name: string, manifest: object) => {
    const root = join(folder, 'node_modules', name);
    mkdirSync(join(root, 'lib'), { recursive: true });
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name, ...manifest }));
    writeFileSync(join(root, 'lib', 'entry.js'), '');
  };
  const relative = (url: string | undefined) => url?.slice(url.indexOf('node_modules'));

  it('finds packages by main, by exports, and by exports for import alone, from folders below', () => {
    install('by-main', { main: 'lib/entry.js' });
    install('@them/by-exports', { exports: { '.': { default: './lib/entry.js' } } });
    install('by-import', { exports: { import: './lib/entry.js' } });
    install('by-node-import', { exports: { '.': { node: { import: './lib/entry.js' }, require: './lib/no.cjs' } } });
    const below = join(folder, 'a', 'b');
    for (const name of ['by-main', '@them/by-exports', 'by-import', 'by-node-import']) {
      expect(relative(resolveModule(name, below))).toBe(`node_modules/${name}/lib/entry.js`);
    }
  });

  it('takes mine.js as a file when no package has that name', () => {
    writeFileSync(join(folder, 'mine.js'), '');
    expect(resolveModule('./mine.js', folder)).toMatch(/\/mine\.js$/);
    expect(resolveModule('mine.js', folder)).toMatch(/\/mine\.js$/);
  });

  it('takes mine.js as a package when there is one', () => {
    install('theirs.js', { main: 'lib/entry.js' });
    writeFileSync(join(folder, 'theirs.js'), '');
    expect(relative(resolveModule('theirs.js', folder))).toBe('node_modules/theirs.js/lib/entry.js');
    expect(resolveModule('./theirs.js', folder)).not.toContain('node_modules');
  });

  it('finds nothing for folders, unknown names, packages without an entry and modules of Node', () => {
    install('types-only', { exports: { types: './lib/entry.d.ts' } });
    for (const word of ['./node_modules', 'nobody-has-this-name', 'types-only', 'fs', '']) {
      expect(resolveModule(word, folder), word).toBeUndefined();
    }
  });
});
