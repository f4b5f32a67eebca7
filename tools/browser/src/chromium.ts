import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is: `CHROMIUM_PATH`, or the usual places of Debian and its kin. `undefined` where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  return (named === undefined ? places : [named]).find(isExecutable);
}

/** The one line that tests print when they are left out because there is no browser. */
export const chromiumHint =
  'no Chromium found: browser tests are left out; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH';

export interface ChromiumOptions {
  /** Whether WebGPU is on, by SwiftShader where there is no GPU. */
  readonly webgpu?: boolean;
}

/** Headless Chromium that makes no requests of its own. WebGL 2 works by SwiftShader without a flag. */
export function launchChromium({ webgpu = false }: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(chromiumHint);
  return chromium.launch({
    executablePath,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      '--enable-unsafe-swiftshader',
      ...(webgpu ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
