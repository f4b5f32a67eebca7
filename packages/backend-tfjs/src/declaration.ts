import type { BackendDeclaration } from '@strata/core';

/** TensorFlow.js as a Strata backend. */
export const declaration = {
  name: 'tfjs',
  package: '@strata/backend-tfjs',
  library: 'TensorFlow.js',
  rank: 2,
  devices: {
    cuda: {
      node: {
        pace: 'rare',
        needs: '@tensorflow/tfjs-node-gpu, an NVIDIA GPU with its driver, CUDA 11 and cuDNN 8',
        hint: 'npm install @tensorflow/tfjs-node-gpu@4.22.0',
        countable: ['tensors'],
      },
    },
    webgpu: {
      node: {
        pace: 'slow',
        needs: 'webgpu (Dawn) and a driver for Vulkan, Metal or Direct3D 12',
        hint: 'npm install webgpu',
        countable: ['tensors', 'buffers'],
        losable: 'gpu-device',
      },
      browser: {
        pace: 'slow',
        needs: 'a browser with WebGPU',
        countable: ['tensors', 'buffers'],
        losable: 'gpu-device',
      },
    },
    native: {
      node: {
        pace: 'quick',
        needs: '@tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu',
        hint: 'npm install @tensorflow/tfjs-node@4.22.0',
        threads: ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'],
        countable: ['tensors'],
      },
    },
    webgl: {
      browser: {
        pace: 'slow',
        needs: 'a browser with WebGL 2',
        hint: 'open the page in one; in Node choose webgpu, native or wasm',
        countable: ['tensors', 'textures'],
        losable: 'gl-context',
      },
    },
    wasm: {
      node: { pace: 'quick', countable: ['tensors'] },
      browser: { pace: 'quick', threads: 'option', countable: ['tensors'] },
    },
    js: { node: { pace: 'quick', countable: ['tensors'] }, browser: { pace: 'quick', countable: ['tensors'] } },
  },
} as const satisfies BackendDeclaration;
