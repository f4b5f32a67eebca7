import { softwareVulkan } from '@strata/browser/vulkan';
import { defineConfig } from 'vitest/config';

// Processes, not threads: two threads of one process on onnxruntime-node's WebGPU at once end it.
export default defineConfig({ test: { pool: 'forks', env: softwareVulkan() } });
