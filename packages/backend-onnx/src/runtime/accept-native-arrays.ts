import { runInThisContext } from 'node:vm';
import { isFloat32Array } from '@strata/core';

/**
 * onnxruntime-node's native code makes arrays of Node's own realm, and its JavaScript asks whether they are instances of
 * the `Float32Array` that it sees. In the sandbox of a test runner (Jest) that is another class, and every result would
 * be refused. There, and only there, arrays of any realm are made to count as instances; the sandbox ends with its test
 * file. It must last as long: the library keeps what it was loaded with first for all sandboxes of a process.
 */
export function acceptNativeArrays(): void {
  if (runInThisContext('Float32Array') === Float32Array) return;
  Object.defineProperty(Float32Array, Symbol.hasInstance, { value: isFloat32Array, configurable: true });
}
