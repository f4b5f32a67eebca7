/** Our packages that travel, with what they read beside their code. */
export const ours = [
  { name: '@strata/core', folders: ['dist'] },
  { name: '@strata/backend-onnx', folders: ['dist'] },
  { name: '@strata/backend-tfjs', folders: ['dist'] },
  { name: '@strata/backend-gpujs', folders: ['dist'] },
  { name: '@strata/googlenet', folders: ['dist', 'weights'] },
  { name: '@strata/cli', folders: ['dist', 'bin'] },
  { name: '@strata/conformance', folders: ['dist', 'cases', 'golden'] },
  { name: '@strata/gpu-check', folders: ['dist'] },
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

/** Packages that ours can do without on WebGPU, and what is then not there: their devices say so when asked for. */
export const leftOut = {
  'onnxruntime-web': 'onnx/wasm',
  '@tensorflow/tfjs-backend-wasm': 'tfjs/wasm',
  '@tensorflow/tfjs-backend-webgl': 'tfjs/webgl, which is for browsers',
  '@tensorflow/tfjs-node': 'tfjs/native',
  '@tensorflow/tfjs-node-gpu': 'tfjs/cuda and tfjs/native, 500 MB of TensorFlow for CUDA 11',
  gl: 'gpujs/webgl, which needs a display',
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
