import { describe, expect, it } from 'vitest';
import { type DeviceDriver, DeviceError, loadLibrary, openBackend } from '../src/index.js';

const library = { where: 'x/wasm', library: 'x-web', install: 'npm install x-web' };

/** What is thrown where a script of the program does not come, by whom. */
const scripts: readonly (readonly [who: string, error: Error])[] = [
  ['Chromium', new TypeError('Failed to fetch dynamically imported module: https://a/assets/x-1f2e.js')],
  ['Firefox', new TypeError('error loading dynamically imported module: https://a/assets/x-1f2e.js')],
  ['Safari', new TypeError('Importing a module script failed.')],
  [
    'webpack',
    Object.assign(new Error('Loading chunk 42 failed.\n(missing: https://a/42.js)'), { name: 'ChunkLoadError' }),
  ],
  ['Rspack', Object.assign(new Error('Loading hot update failed'), { name: 'ChunkLoadError' })],
  ['Vite', new Error('Unable to preload CSS for /assets/x.css')],
  ['a page as a script', new SyntaxError("Unexpected token '<'")],
];

/** What is thrown where the package itself is not there. */
const packages: readonly (readonly [who: string, error: Error])[] = [
  [
    'Node',
    Object.assign(new Error("Cannot find package 'x-web' imported from /a.js"), { code: 'ERR_MODULE_NOT_FOUND' }),
  ],
  [
    'require',
    Object.assign(new Error("Cannot find module 'x-web'\nRequire stack:\n- /a.js"), { code: 'MODULE_NOT_FOUND' }),
  ],
  [
    'a browser without bundler',
    new TypeError('Failed to resolve module specifier "x-web". Relative references must …'),
  ],
  ["Vite's stub", new Error('Could not resolve "x-web" imported by "@strata/x". Is it installed?')],
];

async function failing(error: Error): Promise<DeviceError> {
  const thrown: unknown = await loadLibrary(library, () => Promise.reject(error)).catch((reason: unknown) => reason);
  if (!(thrown instanceof DeviceError)) throw new Error('no DeviceError');
  return thrown;
}

describe('a library that does not load', () => {
  it.each(scripts)('is not said to be missing where a script did not come: %s', async (_, error) => {
    const { message, hint, missing, cause } = await failing(error);
    expect(message).toMatch(/^x\/wasm: a script of this program did not load \(.+\); reload the page: /);
    expect(message).not.toMatch(/install|\n/);
    expect(hint).toMatch(/newer version/);
    expect(missing).toMatch(/reload the page/);
    expect(cause).toBe(error);
  });

  it.each(packages)('is to be installed where the package is missing: %s', async (_, error) => {
    const { message, missing } = await failing(error);
    expect(message).toMatch(/^x\/wasm: x-web cannot be loaded: .+; install it: npm install x-web$/);
    expect(missing).toBe('npm install x-web');
  });

  it('keeps an error of ours as it is', async () => {
    const own = new DeviceError({ where: 'x/wasm: wasmPaths', got: 'others', want: 'the same' });
    expect(await failing(own)).toBe(own);
  });
});

describe("a device's own script that does not come", () => {
  const chunk = new TypeError('Failed to fetch dynamically imported module: https://a/assets/wasm-9d.js');
  const driver: DeviceDriver = { open: () => Promise.reject(chunk) };

  it('is told as that', async () => {
    await expect(openBackend('x', { wasm: driver }, { device: 'wasm' })).rejects.toMatchObject({
      code: 'DEVICE',
      message: expect.stringMatching(/^x\/wasm: a script of this program did not load \(Failed to fetch/),
      hint: expect.stringMatching(/^reload the page/),
    });
  });

  it('is in the report of the device that auto takes then', async () => {
    const works: DeviceDriver = {
      open: async (_, { passedOver, notTried }) => {
        throw new Error(JSON.stringify({ passedOver, notTried }));
      },
    };
    await expect(openBackend('x', { wasm: driver, js: works })).rejects.toThrow(/reload the page/);
  });
});
