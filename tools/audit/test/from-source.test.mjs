import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fromSource } from '../mutation/from-source.mjs';

const root = resolve(import.meta.dirname, '../../..');
const { resolveId } = fromSource(root);

it('takes only our packages and their own imports from TypeScript', () => {
  expect(resolveId('@strata/core')).toBe(join(root, 'packages/core/src/index.ts'));
  expect(resolveId('@strata/core/reference')).toBe(join(root, 'packages/core/src/reference/index.ts'));
  expect(resolveId('@strata/conformance')).toBe(join(root, 'tools/conformance/src/index.ts'));
  const importer = join(root, 'packages/backend-gpujs/src/devices/wasm.ts');
  expect(resolveId('#host', importer)).toBe(join(root, 'packages/backend-gpujs/src/host/node.ts'));
  expect(resolveId('fast-check', importer)).toBeUndefined();
});
