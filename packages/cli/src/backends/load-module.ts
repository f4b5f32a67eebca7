import { type Backend, type BackendOptions, DeviceError, messageOf, UnsupportedError } from '@strata/core';
import { UsageError } from '../usage-error.js';
import { isPath, resolveModule } from './resolve-module.js';
import { backendNames, findKnownBackend } from './table.js';

/** What a module must export to be a backend. */
export interface BackendModule {
  createBackend(options: BackendOptions): Promise<Backend>;
}

/**
 * The module that `--backend`, or another option, names: one of ours, a path, or a package seen from the working folder.
 * `UsageError` for a word that is none of these, `DeviceError` for a module that does not load, `UnsupportedError` for
 * one that is no backend.
 */
export async function loadBackendModule(word: string, option = '--backend'): Promise<BackendModule> {
  const known = findKnownBackend(word);
  const target = known?.package ?? resolveModule(word, process.cwd());
  if (target === undefined) throw unknownBackend(word, option);
  const loaded: unknown = await import(target).catch((error: unknown) => {
    throw known !== undefined && isMissing(error, known.package)
      ? new DeviceError({
          where: `backend ${word}`,
          got: `the package ${known.package} is not installed`,
          hint: `npm install ${known.package}`,
          cause: error,
        })
      : new DeviceError({ where: `backend ${word}`, got: `does not load: ${messageOf(error)}`, cause: error });
  });
  if (isBackendModule(loaded)) return loaded;
  throw new UnsupportedError({
    where: `backend ${word}`,
    got: 'a module without createBackend',
    want: 'one that exports the function createBackend(options)',
    hint: `${backendNames.join(', ')} are built in`,
  });
}

function unknownBackend(word: string, where: string): UsageError {
  if (isPath(word)) return new UsageError({ where, got: `no file '${word}'`, hint: 'check the path' });
  return new UsageError({
    where,
    got: `'${word}'`,
    want: `${backendNames.join(', ')}, a path such as ./mine.js, or an installed package`,
  });
}

/** Not so when something that the package needs is missing: that is told in its own words. */
function isMissing(error: unknown, name: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(`'${name}'`)
  );
}

function isBackendModule(loaded: unknown): loaded is BackendModule {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'createBackend' in loaded &&
    typeof loaded.createBackend === 'function'
  );
}
