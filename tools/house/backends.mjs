// The backends that the suite compares: the dependencies of @strata/conformance that declare one.
import { createRequire } from 'node:module';
import { listBackends } from '@strata/core';

const require = createRequire(import.meta.resolve('../conformance/package.json'));

export const backends = listBackends(Object.keys(require('./package.json').dependencies), require);
