import { createRequire } from 'node:module';
import { type DeviceRuntime, listBackends, listDevices } from '@strata/core';

const require = createRequire(import.meta.url);

/** The backends that this package's tests build first, but those for Node alone. */
const declarations = listBackends(require('../../package.json').nx.implicitDependencies, require).filter(
  (declaration) => listDevices(declaration, 'browser').some(({ terms }) => terms.pace === 'quick'),
);

export const backendNames: readonly string[] = declarations.map(({ name }) => name);

/** For `openPage`: every backend's package by its name. */
export const backends: Readonly<Record<string, string>> = Object.fromEntries(
  declarations.map((declaration) => [declaration.name, declaration.package]),
);

/** For `openPage`: the sub-path of every device that browsers have, by backend and device. */
export const doors: Readonly<Record<string, string>> = Object.fromEntries(
  declarations.flatMap((declaration) =>
    listDevices(declaration, 'browser').map(({ device }) => [
      `${declaration.name}/${device}`,
      `${declaration.package}/${device}`,
    ]),
  ),
);

/** The devices that a backend declares for browsers. */
export function browserDevices(backend: string): string[] {
  return Object.keys(doors)
    .filter((door) => door.startsWith(`${backend}/`))
    .map((door) => door.slice(`${backend}/`.length));
}

/** The device that `auto` comes to in headless Chromium, where GPU APIs are software: the first quick one. */
export function usualDevice(backend: string): string {
  const [first] = quickDevices(backend, 'browser');
  if (first === undefined) throw new Error(`${backend} has no quick device in browsers`);
  return first.device;
}

/** The quick devices of a backend, each with what sets its threads. */
export function quickDevices(backend: string, runtime: DeviceRuntime) {
  return declarations
    .filter(({ name }) => name === backend)
    .flatMap((declaration) => listDevices(declaration, runtime))
    .filter(({ terms }) => terms.pace === 'quick')
    .map(({ device, terms: { threads } }) => ({ device, threads }));
}

/** Devices that headless Chromium does not have, and the error for each. */
export const absent: Readonly<Record<string, RegExp>> = Object.fromEntries(
  declarations.flatMap((declaration) =>
    listDevices(declaration, 'browser')
      .filter(({ terms }) => terms.pace === 'rare')
      .map(({ device }) => [`${declaration.name}/${device}`, new RegExp(device, 'i')]),
  ),
);

/** What a backend brings into a bundle: its own package, and the libraries that that depends on. */
export function ownModules(backend: string): RegExp {
  const { dependencies } = require(`../../../../packages/backend-${backend}/package.json`);
  const libraries = Object.keys(dependencies).filter((name) => !name.startsWith('@strata/'));
  return new RegExp(`/backend-${backend}/|node_modules/(${libraries.join('|').replaceAll('.', '\\.')})/`);
}
