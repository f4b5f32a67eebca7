import { expect, it } from 'vitest';
import { createBackend } from '../src/index.js';

// In a file, and so a process, of its own: onnxruntime-web does not start again after it failed once.
it('says where the wasm files may be when the runtime does not start', async () => {
  const wasmPaths = {
    'ort-wasm-simd-threaded.wasm': '/nowhere/a.wasm',
    'ort-wasm-simd-threaded.mjs': '/nowhere/a.mjs',
  };
  await expect(createBackend({ device: 'wasm', wasmPaths })).rejects.toMatchObject({
    code: 'DEVICE',
    message: expect.stringMatching(/^onnx\/wasm: onnxruntime-web does not start: .*nowhere/),
    hint: 'where its .wasm and .mjs files are elsewhere, say so with wasmPaths; esbuild leaves them out without @strata/esbuild',
  });
});
