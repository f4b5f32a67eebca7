import { expect, it } from 'vitest';
import { bindDevice } from '../src/backend/bind-device.js';
import { refuseOptions } from '../src/backend/refuse-options.js';
import { DeviceError } from '../src/errors.js';

/** A driver that opens nothing, and says what it was asked for. */
const driver = {
  open: async (options: object): Promise<never> => {
    throw new DeviceError({ where: 'asked', got: JSON.stringify(options) });
  },
};

it('binds createBackend to a device, whether it is named or not', async () => {
  const createBackend = bindDevice('x', 'wasm', driver);
  await expect(createBackend()).rejects.toThrow('asked: {"device":"wasm"}');
  await expect(createBackend({ device: 'auto', threads: 2 })).rejects.toThrow('asked: {"threads":2,"device":"wasm"}');
  await expect(createBackend({ device: 'wasm' })).rejects.toThrow('asked: {"device":"wasm"}');
  await expect(createBackend({ device: 'js' })).rejects.toThrow(
    'x/js: a device that this backend does not have here, want wasm, auto',
  );
});

it('refuses options by name', () => {
  expect(() => refuseOptions('x/js', { threads: 2 }, ['gpuDevice'])).not.toThrow();
  expect(() => refuseOptions('x/js', { threads: 2 }, ['gpuDevice', 'threads'])).toThrowErrorMatchingInlineSnapshot(
    `[UnsupportedError: x/js: option threads, want none; this device cannot use it]`,
  );
  expect(() => refuseOptions('x/js', { threads: 2 }, ['threads'], 'use wasm')).toThrow('use wasm');
});
