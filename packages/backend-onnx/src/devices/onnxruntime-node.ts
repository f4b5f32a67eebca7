import { acceptNativeArrays } from '../runtime/accept-native-arrays.js';

/** The package that brings the devices of Node, and how to install it. */
export const ONNXRUNTIME_NODE = {
  library: 'onnxruntime-node',
  // The package's install script fetches CUDA files, and fails the install where it cannot. It has a flag of its own that
  // skips them, which npm 12 refuses.
  install: 'npm install onnxruntime-node --ignore-scripts',
};

/** Loads it; in a test runner's sandbox, too. */
export async function importOnnxruntimeNode() {
  acceptNativeArrays();
  return import('onnxruntime-node');
}
