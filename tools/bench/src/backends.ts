import { createRequire } from 'node:module';
import { listBackends, listDevices } from '@strata/core';

const require = createRequire(import.meta.url);

/** What is timed: the dependencies of this package that declare a backend. */
export const backends = listBackends(Object.keys(require('#manifest').dependencies), require);

/** Every device that is quick in Node, a backend's in the order of its declaration. */
export const quickDevices = backends.flatMap((declaration) =>
  listDevices(declaration, 'node')
    .filter(({ terms }) => terms.pace === 'quick')
    .map(({ device, terms: { threads } }) => ({ declaration, device, threads })),
);
