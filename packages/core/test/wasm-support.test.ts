import { afterEach, expect, it, vi } from 'vitest';
import { whyNoWasm } from '../src/backend/wasm-support.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('WebAssembly can run here', () => {
  expect(whyNoWasm()).toBeUndefined();
});

it('where a page has no WebAssembly, or its policy forbids it, the reason is told', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(whyNoWasm()).toBe('no WebAssembly');
  class Module {
    constructor() {
      throw new Error("Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not allowed");
    }
  }
  vi.stubGlobal('WebAssembly', { Module });
  expect(whyNoWasm()).toMatchObject({
    reason: expect.stringContaining('a content security policy that forbids WebAssembly'),
    missing: expect.stringContaining("'wasm-unsafe-eval' in script-src"),
  });
});
