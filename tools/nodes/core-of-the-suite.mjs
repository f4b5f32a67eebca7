/**
 * The core of the suite, which every supported Node must pass: all that computes without a GPU API, in Node. Left out:
 * browser tests and bundles (Chromium's own engine, and Vite's, whatever Node runs the test), WebGPU and OpenGL in
 * Node (drivers in software, minutes each), TensorFlow's native binding (built for one Node), memory over hundreds of
 * runs, the bench, and conformance's whole networks. No files named: all of the package.
 */
export const coreOfTheSuite = [
  { folder: 'packages/core', files: [] },
  {
    folder: 'packages/backend-onnx',
    files: [
      'create-backend.test.ts',
      'executable.test.ts',
      'export.test.ts',
      'lowerings.test.ts',
      'missing-library.test.ts',
      'wasm-start.test.ts',
    ],
  },
  {
    folder: 'packages/backend-tfjs',
    files: ['errors.test.ts', 'js.test.ts', 'side-by-side.test.ts', 'traits.test.ts', 'wasm.test.ts'],
  },
  { folder: 'packages/backend-gpujs', files: ['backend.test.ts', 'degraded.test.ts', 'ops.test.ts'] },
  {
    folder: 'packages/googlenet',
    files: [
      'checkpoints.test.ts',
      'download.test.ts',
      'fashion-mnist.test.ts',
      'garment.test.ts',
      'model.test.ts',
      'network.test.ts',
      'pictures.test.ts',
      'resize.test.ts',
      'weights-files.test.ts',
    ],
  },
  { folder: 'packages/cli', files: [] },
];
