import { type Backend, type Device, DeviceError, UnsupportedError } from '@strata/core';
import { UsageError } from '../usage-error.js';
import { loadBackendModule } from './load-module.js';
import { findKnownBackend } from './table.js';

/** The words that choose what computes. */
export interface BackendWords {
  readonly backend: string;
  readonly device?: Device | 'auto';
  readonly threads?: number;
}

/** The options that the words came from, for messages. */
export interface BackendOptionNames {
  readonly backend: string;
  readonly device: string;
}

const ownOptions: BackendOptionNames = { backend: '--backend', device: '--device' };

/** Opens the backend on the device. `UsageError` for unknown names; what the backend throws is passed on. */
export async function openChosenBackend(words: BackendWords, options = ownOptions): Promise<Backend> {
  const { backend: word, device = 'auto', threads } = words;
  checkDeviceWord(words, options);
  const { createBackend } = await loadBackendModule(word, options.backend);
  const opened: unknown = await createBackend(threads === undefined ? { device } : { device, threads }).catch(
    (error: unknown) => {
      throw DeviceError.wrap(error, `${word}/${device}`, `createBackend of ${word}`);
    },
  );
  if (isBackend(opened)) return opened;
  throw new UnsupportedError({
    where: `backend ${word}`,
    got: 'createBackend() gives no backend',
    want: 'an object with name, device, report, findGaps, compile and dispose',
  });
}

/** Opens the backend and frees it when `use` has ended. */
export async function withBackend<T>(
  words: BackendWords,
  use: (backend: Backend) => Promise<T>,
  options = ownOptions,
): Promise<T> {
  const backend = await openChosenBackend(words, options);
  try {
    return await use(backend);
  } finally {
    await backend.dispose();
  }
}

/**
 * `UsageError` for a device that a backend that the command knows has nowhere. Only they know the devices of other
 * backends.
 */
export function checkDeviceWord({ backend, device = 'auto' }: BackendWords, options = ownOptions): void {
  const known = findKnownBackend(backend);
  if (known === undefined || device === 'auto' || Object.hasOwn(known.devices, device)) return;
  const want = `auto, ${Object.keys(known.devices).join(', ')}`;
  throw new UsageError({ where: options.device, got: `'${device}'`, want: `a device of ${backend}: ${want}` });
}

function isBackend(opened: unknown): opened is Backend {
  return (
    typeof opened === 'object' &&
    opened !== null &&
    'report' in opened &&
    typeof opened.report === 'object' &&
    ['findGaps', 'compile', 'dispose'].every((name) => typeof Reflect.get(opened, name) === 'function')
  );
}
