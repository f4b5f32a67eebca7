import type { BackendDeclaration } from '@strata/core';

/** ONNX Runtime as a Strata backend. */
export const declaration = {
  name: 'onnx',
  package: '@strata/backend-onnx',
  library: 'ONNX Runtime',
  rank: 1,
  devices: {
    cuda: {
      node: {
        pace: 'rare',
        needs: 'linux/x64, an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9',
        hint: 'node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12',
      },
    },
    webgpu: {
      node: { pace: 'slow', needs: 'onnxruntime-node and a driver for Vulkan, Metal or Direct3D 12' },
      browser: { pace: 'slow', needs: 'a browser with WebGPU', countable: ['buffers'], losable: 'gpu-device' },
    },
    native: {
      node: { pace: 'quick', needs: 'onnxruntime-node', hint: 'npm install onnxruntime-node', threads: 'option' },
    },
    webnn: {
      browser: {
        pace: 'rare',
        needs: 'a browser with WebNN (navigator.ml)',
        hint: 'in Chrome and Edge switch on chrome://flags/#web-machine-learning-neural-network',
        losable: 'ml-context',
      },
    },
    wasm: { node: { pace: 'quick', threads: 'option' }, browser: { pace: 'quick', threads: 'option' } },
  },
} as const satisfies BackendDeclaration;
