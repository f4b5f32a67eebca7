import { createRequire } from 'node:module';
import {
  type BackendDeclaration,
  type BackendModule,
  type Countable,
  type Device,
  type DeviceRuntime,
  type DeviceTerms,
  InputError,
  isBackendModule,
  type Losable,
  listBackends,
  listDevices,
} from '@strata/core';

const require = createRequire(import.meta.url);

/** What is compared: the dependencies of this package that declare a backend. */
export const backends: readonly BackendDeclaration[] = listBackends(
  Object.keys(require('../package.json').dependencies),
  require,
);

/** How much of the suite a device is quick enough for. */
export type Pace = DeviceTerms['pace'];

const paces: readonly Pace[] = ['quick', 'slow', 'rare'];

/** A device that some backend declares. */
export interface DeclaredTarget {
  readonly declaration: BackendDeclaration;
  readonly device: Device;
  readonly pace: Pace;
  readonly countable: readonly Countable[];
  readonly losable: Losable | undefined;
}

/** Every device of every backend in one runtime, a backend's quick ones first. */
export function listEverywhere(runtime: DeviceRuntime): DeclaredTarget[] {
  return backends.flatMap((declaration) =>
    listDevices(declaration, runtime)
      .map(({ device, terms: { pace, countable = [], losable } }) => ({
        declaration,
        device,
        pace,
        countable,
        losable,
      }))
      .sort((a, b) => paces.indexOf(a.pace) - paces.indexOf(b.pace)),
  );
}

/** Loads the package of a backend, and no library yet. */
export async function loadBackend({ package: name }: BackendDeclaration): Promise<BackendModule> {
  const loaded: unknown = await import(name);
  if (isBackendModule(loaded)) return loaded;
  throw new InputError({ where: name, got: 'no createBackend', want: 'createBackend(options)' });
}
