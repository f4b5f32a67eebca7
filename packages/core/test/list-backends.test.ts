import { describe, expect, it } from 'vitest';
import { listBackends, listDevices } from '../src/backend/list-backends.js';

const declare = (name: string, rank: number, devices: object = {}) => ({
  declaration: { name, package: `@them/${name}`, library: name, rank, devices },
});

/** `require` of someone with these packages. */
function loadFrom(packages: Readonly<Record<string, unknown>>) {
  return (entry: string): unknown => {
    const name = entry.slice(0, -'/declaration'.length);
    if (name in packages) return packages[name];
    // Node's own words.
    throw name === 'not-installed'
      ? Object.assign(new Error(`Cannot find module '${entry}'`), { code: 'MODULE_NOT_FOUND' })
      : Object.assign(new Error(`Package subpath './declaration' is not defined by "exports" in ${name}`), {
          code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
        });
  };
}

describe('listBackends', () => {
  it('takes of what is installed what declares a backend, by rank and then by name', () => {
    const packages = { 'b-last': declare('last', 7), 'c-first': declare('first', 1), 'a-last': declare('also', 7) };
    const names = [...Object.keys(packages), 'no-backend', 'not-installed'];
    expect(listBackends(names, loadFrom(packages)).map(({ name }) => name)).toEqual(['first', 'also', 'last']);
  });

  it('refuses a declaration that lacks something', () => {
    const load = loadFrom({ half: { declaration: { name: 'half', rank: 1 } }, none: { something: 1 } });
    expect(() => listBackends(['half'], load)).toThrowErrorMatchingInlineSnapshot(
      `[InputError: half/declaration: declaration, want declaration: { name, package, library, rank, devices }]`,
    );
    expect(() => listBackends(['none'], load)).toThrowErrorMatchingInlineSnapshot(
      `[InputError: none/declaration: something, want declaration: { name, package, library, rank, devices }]`,
    );
  });

  it.each([
    new TypeError('no such thing'),
    Object.assign(new Error("Cannot find module 'library'"), { code: 'MODULE_NOT_FOUND' }),
    Object.assign(new Error("Package subpath './part' is not defined"), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }),
  ])('hands on what goes wrong in a declaration: %s', (error) => {
    const load = () => {
      throw error;
    };
    expect(() => listBackends(['broken'], load)).toThrow(error);
  });
});

it('lists the devices of a runtime with their terms there', () => {
  const [backend] = listBackends(
    ['x'],
    loadFrom({ x: declare('x', 1, { gpu: { browser: { pace: 'slow' } }, js: { node: { pace: 'quick' } } }) }),
  );
  expect(listDevices(backend, 'node')).toEqual([{ device: 'js', terms: { pace: 'quick' } }]);
  expect(listDevices(backend, 'browser')).toEqual([{ device: 'gpu', terms: { pace: 'slow' } }]);
});
