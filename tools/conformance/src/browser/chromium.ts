import { fileURLToPath } from 'node:url';
import { type Device, DeviceError, messageOf } from '@strata/core';
import type { Checker } from '../check/checker.js';
import type { BlockResult } from '../golden/check-golden.js';
import type { Golden } from '../golden/golden.js';
import type { RepeatCounts } from '../memory/repeat.js';
import { nameTarget } from '../targets.js';
import type { PageBackend } from './messages.js';
import type { PageApi } from './page.js';

/** A backend on one of its devices in a page of Chromium, not yet opened. */
export interface PageTarget {
  readonly backend: PageBackend;
  readonly device: Device;
  readonly runtime: 'chromium';
  /** Whether many trials are quick enough to be part of every test run. */
  readonly fast: boolean;
  /** Throws `DeviceError` that says why the device, or Chromium, is not there. */
  open(): Promise<PageChecker>;
}

/** The suite on a backend that lives in a page. */
export interface PageChecker extends Checker {
  /** A golden network's stages. */
  golden(golden: Golden): Promise<BlockResult[]>;
  /** What is left behind after so many times compile, run and dispose of an inception block. */
  cycles(steps: number): Promise<RepeatCounts>;
}

const devices = [
  { backend: 'onnx', fast: ['wasm'], slow: ['webgpu', 'webnn'] },
  { backend: 'tfjs', fast: ['wasm', 'js'], slow: ['webgl', 'webgpu'] },
  { backend: 'gpujs', fast: ['wasm', 'js'], slow: ['webgl', 'webgpu'] },
] as const;

/**
 * Every backend of the project with the devices that it may have in Chromium. They share one cross-origin isolated page
 * with the suite in it, which opens with the first of them; `close` closes it.
 */
export function pageTargets(): { readonly targets: readonly PageTarget[]; close(): Promise<void> } {
  let opening: ReturnType<typeof openSuite> | undefined;
  const suite = () => {
    opening ??= openSuite();
    return opening;
  };
  const target = (backend: PageBackend, device: Device, fast: boolean): PageTarget => ({
    backend,
    device,
    runtime: 'chromium',
    fast,
    open: async () => openChecker((await suite()).call, backend, device),
  });
  return {
    targets: devices.flatMap(({ backend, fast, slow }) => [
      ...fast.map((device) => target(backend, device, true)),
      ...slow.map((device) => target(backend, device, false)),
    ]),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}

type Call = <Name extends keyof PageApi>(
  name: Name,
  ...given: Parameters<PageApi[Name]>
) => Promise<Awaited<ReturnType<PageApi[Name]>>>;

async function openSuite(): Promise<{ readonly call: Call; close(): Promise<void> }> {
  const where = 'chromium';
  const { openPage, findChromium, chromiumHint } = await import('@strata/browser').catch((error: unknown) => {
    throw new DeviceError({ where, got: messageOf(error), want: '@strata/browser', cause: error });
  });
  if (findChromium() === undefined) throw new DeviceError({ where, got: chromiumHint });
  const entry = fileURLToPath(new URL('../../dist/browser/page.js', import.meta.url));
  const { page, close } = await openPage({ entry, webgpu: true });
  const call: Call = (name, ...given) => page.evaluate(`conformance.${name}(...${JSON.stringify(given)})`);
  return { call, close };
}

async function openChecker(call: Call, backend: PageBackend, device: Device): Promise<PageChecker> {
  const opened = await call('open', backend, { device });
  if ('absent' in opened) {
    throw new DeviceError({ where: nameTarget({ backend, device, runtime: 'chromium' }), got: opened.absent });
  }
  const { id, report } = opened;
  return {
    report,
    check: (subject, options = {}) => call('check', id, subject, options),
    golden: (golden) => call('golden', id, golden),
    cycles: (steps) => call('cycles', id, steps),
    dispose: () => call('dispose', id),
  };
}
