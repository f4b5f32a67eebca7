import { fileURLToPath } from 'node:url';
import { type Countable, type Device, DeviceError, type Losable, messageOf } from '@strata/core';
import { listEverywhere, type Pace } from '../backends.js';
import type { Checker } from '../check/checker.js';
import type { BlockResult } from '../golden/check-golden.js';
import type { Golden } from '../golden/golden.js';
import type { RepeatCounts } from '../memory/repeat.js';
import { nameTarget } from '../targets.js';
import type { PageApi } from './page.js';

/** A backend on one of its devices in a page of Chromium, not yet opened. */
export interface PageTarget {
  readonly backend: string;
  readonly device: Device;
  readonly runtime: 'chromium';
  readonly pace: Pace;
  readonly countable: readonly Countable[];
  /** Throws `DeviceError` that says why the device, or Chromium, is not available. */
  open(): Promise<PageChecker>;
}

/** The suite on a backend that lives in a page. */
export interface PageChecker extends Checker {
  /** A golden network's stages. */
  golden(golden: Golden): Promise<BlockResult[]>;
  /** What is left after compiling, running and disposing an inception block so many times. */
  cycles(steps: number): Promise<RepeatCounts>;
}

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
  return {
    targets: listEverywhere('browser').map(
      ({ declaration: { name }, device, pace, countable, losable }): PageTarget => ({
        backend: name,
        device,
        runtime: 'chromium',
        pace,
        countable,
        open: async () => openInPage((await suite()).call, { backend: name, device, countable, losable }),
      }),
    ),
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
  const { page, close } = await openPage({
    entry,
    backends: Object.fromEntries(
      listEverywhere('browser').map(({ declaration: { name, package: module } }) => [name, module]),
    ),
    webgpu: true,
  });
  const call: Call = (name, ...given) => page.evaluate(`conformance.${name}(...${JSON.stringify(given)})`);
  return { call, close };
}

async function openInPage(
  call: Call,
  {
    backend,
    device,
    countable,
    losable,
  }: Pick<PageTarget, 'backend' | 'device' | 'countable'> & {
    readonly losable: Losable | undefined;
  },
): Promise<PageChecker> {
  const opened = await call('open', backend, { device }, losable ?? null);
  if ('absent' in opened) {
    throw new DeviceError({ where: nameTarget({ backend, device, runtime: 'chromium' }), got: opened.absent });
  }
  const { id, report } = opened;
  return {
    report,
    check: (subject, options = {}) => call('check', id, subject, options),
    golden: (golden) => call('golden', id, golden),
    cycles: (steps) => call('cycles', id, steps, countable),
    dispose: () => call('dispose', id),
  };
}
