import { backends } from '@strata/conformance/targets';

/** Our packages that are packed, with the files that they read beside their code. */
export const ours = [
  { name: '@strata/core', folders: ['dist'] },
  { name: '@strata/formats', folders: ['dist'] },
  ...backends.map(({ package: name }) => ({ name, folders: ['dist'] })),
  { name: '@strata/googlenet', folders: ['dist', 'weights'] },
  { name: '@strata/cli', folders: ['dist', 'bin'] },
  { name: '@strata/comparison', folders: ['dist'] },
  { name: '@strata/trials', folders: ['dist'] },
  { name: '@strata/conformance', folders: ['dist', 'cases', 'golden'] },
  { name: '@strata/audit', folders: ['dist'] },
];

/** Of these, what Linux on x86-64 loads; of all others every script. */
export const parts = {
  webgpu: ['index.js', 'dist/linux-x64'],
  'onnxruntime-node': ['dist', 'bin/napi-v6/linux/x64'],
  'onnxruntime-common': ['dist/cjs', 'dist/esm'],
  '@bufbuild/protobuf': ['dist/esm'],
  '@tensorflow/tfjs-core': ['dist/tf-core.node.js'],
  '@tensorflow/tfjs-backend-cpu': ['dist/tf-backend-cpu.node.js'],
  '@tensorflow/tfjs-backend-webgpu': ['dist/tf-backend-webgpu.node.js'],
  'gpu.js': ['src'],
  acorn: ['dist/acorn.js', 'dist/acorn.mjs'],
  commander: ['index.js', 'esm.mjs', 'lib'],
};

/** Packages that ours do not need on WebGPU, and what is missing without them: those devices say so when asked for. */
export const leftOut = {
  'onnxruntime-web': 'wasm of ONNX Runtime',
  '@tensorflow/tfjs-backend-wasm': 'wasm of TensorFlow.js',
  '@tensorflow/tfjs-backend-webgl': 'webgl of TensorFlow.js, which is for browsers',
  '@tensorflow/tfjs-node': 'native of TensorFlow.js',
  '@tensorflow/tfjs-node-gpu': 'cuda and native of TensorFlow.js, 500 MB of TensorFlow for CUDA 11',
  gl: 'webgl of gpu.js, which needs a display',
  sharp: 'decoding of pictures: the samples travel decoded',
  'adm-zip': "onnxruntime-node's install script",
  'global-agent': "onnxruntime-node's install script",
  '@strata/browser': 'the suite in a page of Chromium',
  vitest: 'tests',
};

/** A package that another brings in a version of its own, and that nothing here loads. */
export const leftOutWithin = { 'gpu.js': ['webgpu'] };

/** Sample pictures, by the label that the shipped weights must give them. */
export const samples = { 'bag.png': 'Bag', 'dress.png': 'Dress', 'sandal.png': 'Sandal' };
