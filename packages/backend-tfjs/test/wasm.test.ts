import { expect, it } from 'vitest';
import { createBackend } from '../src/doors/wasm.js';
import { testContract } from './support/contract.js';
import { testTrials } from './support/test-trials.js';

testTrials('wasm', () => createBackend(), 25);
testContract('wasm', () => createBackend(), { batch: 16, depth: 60 });

it('has one thread in Node, and says so when asked for more', async () => {
  await expect(createBackend({ threads: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: tfjs/wasm: threads: 2, want 1; TensorFlow.js has no threads in Node; @strata/backend-onnx's wasm has]`,
  );
  const backend = await createBackend();
  expect(backend.report.threads).toBe(1);
  await backend.dispose();
});

it('leaves the listeners of the process to the program', async () => {
  const mine = () => {};
  const counts = () =>
    (['uncaughtException', 'unhandledRejection'] as const).map((event) => process.listenerCount(event));
  process.on('uncaughtException', mine).on('unhandledRejection', mine);
  const before = counts();
  const [first, second] = await Promise.all([createBackend(), createBackend()]);
  expect(counts()).toEqual(before);
  await Promise.all([first.dispose(), second.dispose()]);
  expect(counts()).toEqual(before);
  process.off('uncaughtException', mine).off('unhandledRejection', mine);
});
