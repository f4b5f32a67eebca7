import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's Chromium brings a Vulkan loader and SwiftShader, a Vulkan driver in software. */
const chromium = '/usr/lib/chromium';
const driver = join(chromium, 'vk_swiftshader_icd.json');

/**
 * The environment in which WebGPU in Node finds a driver where there is no GPU. The loader of shared libraries looks at
 * it once, when a process starts, so it has to be vitest's `env`. A driver that is already named takes precedence.
 */
export function softwareVulkan(): Record<string, string> {
  if (process.env.VK_ICD_FILENAMES !== undefined || !existsSync(driver)) return {};
  const libraries = [process.env.LD_LIBRARY_PATH, chromium].filter((path) => path !== undefined && path !== '');
  return { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries.join(delimiter) };
}
