import { createRequire } from 'node:module';
import { type BackendDeclaration, type Device, deviceOrder, listBackends } from '@strata/core';

const require = createRequire(import.meta.url);

/** What `--backend` knows by name: the command's dependencies that declare a backend. Anything else is a path or a package. */
export const knownBackends: readonly BackendDeclaration[] = listBackends(
  Object.keys(require('../../package.json').dependencies),
  require,
);

export const backendNames: readonly string[] = knownBackends.map(({ name }) => name);

/** Every device that one of them has somewhere, in Node or in a browser. */
export const deviceNames: readonly Device[] = sortDevices(knownBackends.flatMap(({ devices }) => Object.keys(devices)));

/** What `--backend` is when it is not given. */
export const [defaultBackend] = backendNames;

/** The backend of that name, if the command depends on it. */
export function findKnownBackend(name: string): BackendDeclaration | undefined {
  return knownBackends.find((known) => known.name === name);
}

/** Each once, in the order of `auto`; what `auto` does not try comes last. */
function sortDevices(names: readonly Device[]): Device[] {
  const placeOf = (name: Device) => (deviceOrder.includes(name) ? deviceOrder.indexOf(name) : deviceOrder.length);
  return [...new Set(names)].sort((a, b) => placeOf(a) - placeOf(b));
}
