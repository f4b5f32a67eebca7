import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, openPage } from '../src/index.js';
import { backendNames } from './support/backends.js';
import { readmeProgram } from './support/readme-program.js';
import { copyBoot, withScratch } from './support/scratch.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

/** What the program prints on a device. */
const bootOn = (backend: string, device: string) =>
  new RegExp(`^Ankle boot 0\\.9\\d* \\{[^]*backend: '?${backend}\\b[^]*device: '?${device}\\b`);

describe('the program of the front page, its import line changed, in Node', { timeout: 120_000 }, () => {
  it.each([
    ['@strata/backend-onnx', bootOn('onnx', '\\w+')],
    ['@strata/backend-tfjs', bootOn('tfjs', '\\w+')],
    ['@strata/backend-gpujs', bootOn('gpujs', '\\w+')],
    ['@strata/backend-onnx/wasm', bootOn('onnx', 'wasm')],
    ['@strata/backend-tfjs/wasm', bootOn('tfjs', 'wasm')],
    ['@strata/backend-gpujs/wasm', bootOn('gpujs', 'wasm')],
  ])('%s', async (module, expected) => {
    const printed = await withScratch(async (folder) => {
      await copyBoot(folder);
      const file = join(folder, 'program.mjs');
      await writeFile(file, await readmeProgram(module));
      // Nx asks for colours, and console.log would give them.
      const env = { ...process.env, FORCE_COLOR: '0' };
      return promisify(execFile)(process.execPath, [file], { cwd: folder, env });
    });
    expect(printed.stdout).toMatch(expected);
  });
});

describe.skipIf(missing)('the same program in a page', { timeout: 240_000 }, () => {
  const inPage = (module: string) =>
    withScratch(async (folder) => {
      await copyBoot(folder);
      const entry = join(folder, 'program.ts');
      await writeFile(entry, await readmeProgram(module));
      const open = await openPage({ entry, webgpu: true, folders: { '/': folder } });
      try {
        return await open.firstLog;
      } finally {
        await open.close();
      }
    });

  // No software renderer is taken unasked. What single devices compute is the conformance suite's to say.
  it.each(backendNames)('@strata/backend-%s', async (backend) => {
    expect(await inPage(`@strata/backend-${backend}`)).toMatch(bootOn(backend, 'wasm'));
  });
});
