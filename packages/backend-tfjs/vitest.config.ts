import { softwareVulkan } from '@strata/browser/vulkan';
import { defineConfig } from 'vitest/config';

// Two seconds alone, and several times that beside other packages' tests on two cores.
export default defineConfig({ test: { env: softwareVulkan() } });
