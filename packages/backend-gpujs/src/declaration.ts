import type { BackendDeclaration } from '@strata/core';

/** gpu.js as a Strata backend. */
export const declaration = {
  name: 'gpujs',
  package: '@strata/backend-gpujs',
  library: 'gpu.js',
  rank: 3,
  devices: {
    webgpu: {
      node: {
        pace: 'slow',
        needs: 'webgpu (Dawn) and a driver for Vulkan, Metal or Direct3D 12',
        hint: 'npm install webgpu',
        countable: ['buffers'],
        losable: 'gpu-device',
      },
      browser: {
        pace: 'slow',
        needs: 'a browser with WebGPU',
        countable: ['buffers'],
        losable: 'gpu-device',
      },
    },
    webgl: {
      node: {
        pace: 'slow',
        needs: 'gl (headless OpenGL) and a display',
        hint: 'npm install gl',
        countable: ['textures'],
      },
      browser: {
        pace: 'slow',
        needs: 'a browser with WebGL 2',
        countable: ['textures'],
        losable: 'gl-context',
      },
    },
    wasm: { node: { pace: 'quick', threads: 'option' }, browser: { pace: 'quick', threads: 'option' } },
    js: { node: { pace: 'quick' }, browser: { pace: 'quick' } },
  },
} as const satisfies BackendDeclaration;
