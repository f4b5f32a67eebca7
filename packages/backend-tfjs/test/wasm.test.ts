import { expect, it } from 'vitest';
import { createBackend } from '../src/devices/wasm.js';
import { testContract } from './support/contract.js';
import { testOps } from './support/op-properties.js';

testOps('wasm', () => createBackend(), 100);
testContract('wasm', () => createBackend(), { batch: 16, depth: 60 });

it('has one thread in Node, and says so when asked for more', async () => {
  await expect(createBackend({ threads: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: tfjs/wasm: threads: 2, want 1; TensorFlow.js has no threads in Node; @strata/backend-onnx's wasm has]`,
  );
  const backend = await createBackend();
  expect(backend.report.threads).toBe(1);
  await backend.dispose();
});
