import { InputError } from '../errors.js';
import { isError } from '../tags.js';
import type { BackendDeclaration, BackendModule, DeviceRuntime, DeviceTerms } from './declaration.js';
import type { Device } from './types.js';

/**
 * The declarations of those of `packages` that have one, by rank. `load` is the caller's own `require`: packages are what
 * the caller depends on. Throws `InputError` for a declaration that is none.
 */
export function listBackends(packages: readonly string[], load: (entry: string) => unknown): BackendDeclaration[] {
  const found = packages.flatMap((name) => {
    const entry = `${name}/declaration`;
    const loaded = loadIfThere(entry, load);
    return loaded === undefined ? [] : [readDeclaration(loaded, entry)];
  });
  return found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
}

/** Whether a module has what the package of a backend exports. */
export function isBackendModule(loaded: unknown): loaded is BackendModule {
  return isRecord(loaded) && typeof loaded.createBackend === 'function';
}

/** The devices that a backend declares for a runtime, with its terms there. */
export function listDevices(
  { devices }: BackendDeclaration,
  runtime: DeviceRuntime,
): { readonly device: Device; readonly terms: DeviceTerms }[] {
  return Object.entries(devices).flatMap(([device, places]) => {
    const terms = places?.[runtime];
    return terms === undefined ? [] : [{ device, terms }];
  });
}

function loadIfThere(entry: string, load: (entry: string) => unknown): unknown {
  try {
    return load(entry);
  } catch (error) {
    if (isAbsent(entry, error)) return undefined;
    throw error;
  }
}

/** Whether a package is not installed or has no such entry. That a declaration imports something in vain is another matter. */
function isAbsent(entry: string, error: unknown): boolean {
  if (!(isError(error) && 'code' in error)) return false;
  const missing =
    (error.code === 'MODULE_NOT_FOUND' && `'${entry}'`) ||
    (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' && "'./declaration'");
  return missing !== false && error.message.includes(missing);
}

function readDeclaration(loaded: unknown, where: string): BackendDeclaration {
  const declaration: unknown = isRecord(loaded) ? loaded.declaration : undefined;
  if (isDeclaration(declaration)) return declaration;
  throw new InputError({
    where,
    got: isRecord(loaded) ? Object.keys(loaded).join(', ') || 'no exports' : typeof loaded,
    want: 'declaration: { name, package, library, rank, devices }',
  });
}

function isDeclaration(value: unknown): value is BackendDeclaration {
  return (
    isRecord(value) &&
    ['name', 'package', 'library'].every((key) => typeof value[key] === 'string') &&
    typeof value.rank === 'number' &&
    isRecord(value.devices)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
