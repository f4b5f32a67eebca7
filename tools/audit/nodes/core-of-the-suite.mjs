import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Tests of backends that the core leaves out, by what their names say. */
export const leftOut = /browser|webgpu|webgl|cuda|native|tensorflow|memory/;

/**
 * The core of the suite, which every supported Node must pass: all that computes without a GPU API, in Node. Left out:
 * browser tests and bundles (Chromium's own engine, and Vite's, whatever Node runs the test), WebGPU and OpenGL in
 * Node (drivers in software, minutes each), TensorFlow's native binding (built for one Node), memory over hundreds of
 * runs, the bench, and conformance's whole networks. No files named: all of the package.
 */
export const coreOfTheSuite = [
  { folder: 'packages/core', files: [] },
  { folder: 'packages/formats', files: [] },
  ...folders('packages', /^backend-/).map((folder) => ({ folder, files: testsOf(folder) })),
  {
    folder: 'packages/googlenet',
    files: [
      'checkpoints.test.ts',
      'download.test.ts',
      'evaluate.test.ts',
      'fashion-mnist.test.ts',
      'finite.test.ts',
      'garment.test.ts',
      'heads.test.ts',
      'imagenet.test.ts',
      'labels.test.ts',
      'model.test.ts',
      'network.test.ts',
      'onnx-places.test.ts',
      'picture-goldens.test.ts',
      'pictures.test.ts',
      'preprocessing-options.test.ts',
      'pretrained.test.ts',
      'recognition.test.ts',
      'resize.test.ts',
      'weights-files.test.ts',
    ],
  },
  { folder: 'tools/trials', files: [] },
  { folder: 'packages/comparison', files: [] },
  { folder: 'packages/cli', files: [] },
];

function folders(parent, names) {
  return readdirSync(join(root, parent))
    .filter((name) => names.test(name))
    .map((name) => `${parent}/${name}`);
}

function testsOf(folder) {
  return readdirSync(join(root, folder, 'test')).filter((name) => name.endsWith('.test.ts') && !leftOut.test(name));
}
