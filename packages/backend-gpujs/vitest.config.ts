import { softwareVulkan } from '@strata/browser/vulkan';
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { pool: 'forks', env: softwareVulkan() } });
