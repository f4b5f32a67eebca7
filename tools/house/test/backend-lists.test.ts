import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backends } from '../backends.mjs';

const root = resolve(import.meta.dirname, '../../..');
const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = stdout.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));

/** Where all backends may be named: what is theirs, documents, and the lines by which a package depends on them. */
const allowed = [
  /^packages\/backend-/,
  /^docs\/|\.md$/,
  /(^|\/)(package|package-lock|tsconfig[.\w]*)\.json$/,
  // What the command printed.
  /\.snap$/,
  // Planted faults name the devices that notice them: those that need no more than npm brings.
  /^tools\/audit\/faults\//,
  // Peers, by the library that they are written for.
  /^tools\/bench\/src\/peer-table\.ts$/,
];

it('no list of all backends stands outside their packages, tests and documents', () => {
  const words = backends.map(({ name }) => new RegExp(`\\b${name}\\b`));
  const lists = files.filter((file) => {
    if (allowed.some((pattern) => pattern.test(file))) return false;
    const text = readFileSync(join(root, file), 'utf8');
    return words.every((word) => word.test(text));
  });
  expect(words.length).toBeGreaterThan(2);
  expect(lists).toEqual([]);
});

describe.each(backends.map((backend) => [backend.name, backend] as const))('%s', (name, backend) => {
  const manifest = JSON.parse(readFileSync(join(root, `packages/backend-${name}/package.json`), 'utf8'));
  const conditions = (device: string): Record<string, unknown> => manifest.exports[`./${device}`] ?? {};

  it('says who it is', () => {
    expect(backend.package).toBe(manifest.name);
    expect(backend.package).toBe(`@strata/backend-${name}`);
  });

  it.each(Object.entries(backend.devices))('has a sub-path for %s wherever it declares it', (device, places) => {
    const { browser, default: elsewhere } = conditions(device);
    if (places?.node !== undefined) expect(elsewhere).toMatch(/^\./);
    if (places?.browser !== undefined) expect(browser === undefined ? elsewhere : browser).toMatch(/^\./);
  });

  it('declares every sub-path that is a device', () => {
    const others = ['.', './declaration'];
    const doors = Object.keys(manifest.exports).filter((door) => !others.includes(door));
    expect(doors.sort()).toEqual(
      Object.keys(backend.devices)
        .map((device) => `./${device}`)
        .sort(),
    );
  });
});

it('no two backends share a name or a rank', () => {
  expect(new Set(backends.map(({ name }) => name)).size).toBe(backends.length);
  expect(new Set(backends.map(({ rank }) => rank)).size).toBe(backends.length);
});
