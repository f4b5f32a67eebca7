import { softwareVulkan } from '@strata/browser/vulkan';
import { defineConfig } from 'vitest/config';

// Two measurements of memory run at a time, each in a process of its own.
export default defineConfig({ test: { env: softwareVulkan(), maxConcurrency: 2, maxWorkers: 2 } });
