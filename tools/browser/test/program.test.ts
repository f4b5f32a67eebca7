import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { chromiumHint, findChromium, openPage } from '../src/index.js';
import { backendNames, quickDevices, usualDevice } from './support/backends.js';
import { readmeProgram } from './support/readme-program.js';
import { copyBoot, withScratch } from './support/scratch.js';

const missing = findChromium() === undefined;
if (missing) console.warn(chromiumHint);

/** What the program prints on a device. */
const bootOn = (backend: string, device: string) =>
  new RegExp(`^Ankle boot 0\\.9\\d* \\{[^]*backend: '?${backend}\\b[^]*device: '?${device}\\b`);

describe("the README's program, its import line changed, in Node", { timeout: 120_000 }, () => {
  const modules = backendNames.flatMap((name): [string, RegExp][] => [
    [`@strata/backend-${name}`, bootOn(name, '\\w+')],
    ...quickDevices(name, 'node')
      .filter(({ device }) => device === 'wasm')
      .map(({ device }): [string, RegExp] => [`@strata/backend-${name}/${device}`, bootOn(name, device)]),
  ]);
  it.each(modules)('%s', async (module, expected) => {
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

  // A software renderer is never chosen by default. The conformance suite tests what each device computes.
  it.each(backendNames)('@strata/backend-%s', async (backend) => {
    expect(await inPage(`@strata/backend-${backend}`)).toMatch(bootOn(backend, usualDevice(backend)));
  });
});
