import { describe, expect, it } from 'vitest';
import * as js from '../src/doors/js.js';
import { createBackend } from '../src/index.js';

describe('errors', () => {
  it.each(['webgl', 'webnn', 'abacus'])('device %s is not here', async (device) => {
    await expect(createBackend({ device })).rejects.toThrowErrorMatchingSnapshot();
    await expect(createBackend({ device })).rejects.toMatchObject({ code: 'DEVICE' });
  });

  it('refuses threads where it has only one', async () => {
    await expect(js.createBackend({ threads: 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: tfjs/js: threads: 3, want 1]`,
    );
    await expect(createBackend({ device: 'wasm', threads: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: tfjs/wasm: threads: 2, want 1; TensorFlow.js has no threads in Node; @strata/backend-onnx's wasm has]`,
    );
    await expect(createBackend({ device: 'native', threads: 2 })).rejects.toMatchObject({ code: 'DEVICE' });
  });

  it('names wasm files that are missing or not wasm, and works afterwards', async () => {
    const open = (wasmPaths: string | Record<string, string>) => createBackend({ device: 'wasm', wasmPaths });
    await expect(open('/nowhere/')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: tfjs/wasm: /nowhere/tfjs-backend-wasm-simd.wasm cannot be read: ENOENT: no such file or directory, open '/nowhere/tfjs-backend-wasm-simd.wasm'; in Node leave wasmPaths out, or give a folder on disk that ends with a slash]`,
    );
    await expect(open({ 'other.wasm': '/nowhere/other.wasm' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: tfjs/wasm: wasmPaths: other.wasm, want tfjs-backend-wasm-simd.wasm]`,
    );
    const thisFile = { 'tfjs-backend-wasm-simd.wasm': import.meta.filename };
    await expect(open(thisFile)).rejects.toThrow(/errors\.test\.ts is a text that begins "import /);
    const backend = await createBackend({ device: 'wasm' });
    expect(backend.device).toBe('wasm');
    await backend.dispose();
  });
});

describe('auto', () => {
  it('chooses no software renderer, and says what it passed over and why', async () => {
    const backend = await createBackend();
    const { passedOver, notTried, software } = backend.report;
    expect(software).toBe(false);
    expect([...passedOver.map(({ device }) => device), backend.device, ...notTried]).toEqual([
      'cuda',
      'webgpu',
      'native',
      'wasm',
      'js',
    ]);
    for (const { reason } of passedOver) expect(reason).not.toBe('');
    await backend.dispose();
  });
});
