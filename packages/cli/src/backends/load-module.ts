import { type BackendModule, DeviceError, isBackendModule, messageOf, UnsupportedError } from '@strata/core';
import { UsageError } from '../usage-error.js';
import { isPath, resolveModule } from './resolve-module.js';
import { backendNames, findKnownBackend } from './table.js';

/**
 * The module that `--backend`, or another option, names: one that the command depends on, a path, or a package seen from the working folder.
 * `UsageError` for a word that is none of these, `DeviceError` for a module that does not load, `UnsupportedError` for
 * one that is no backend.
 */
export async function loadBackendModule(word: string, option = '--backend'): Promise<BackendModule> {
  const target = findKnownBackend(word)?.package ?? resolveModule(word, process.cwd());
  if (target === undefined) throw unknownBackend(word, option);
  const loaded: unknown = await import(target).catch((error: unknown) => {
    throw new DeviceError({ where: `backend ${word}`, got: `does not load: ${messageOf(error)}`, cause: error });
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
