import { backends } from '@strata/browser/backends';
import { withShownReport } from '@strata/comparison';
import { type Backend, type BackendOptions, type Countable, DeviceError, type Losable, messageOf } from '@strata/core';
import type { CheckOptions, CheckResult, DeviceLoss } from '@strata/trials';
import { checkSubject, type Subject } from '../check/subjects.js';
import { type BlockResult, checkGolden } from '../golden/check-golden.js';
import type { Golden } from '../golden/golden.js';
import { watchDevicesOf } from '../loss/watch-devices.js';
import { countLiveObjects, glTextures, gpuBuffers } from '../memory/live-objects.js';
import { memoryModel } from '../memory/models.js';
import { type Counts, cycle, type RepeatCounts, repeat } from '../memory/repeat.js';
import { countTensors } from '../memory/tensors.js';
import type { Opened } from './messages.js';

const open: Backend[] = [];

/** For each of them, what opens another on the same device. */
const reopen: (() => Promise<Backend>)[] = [];

/** For each of them, what takes such devices away. */
const losses: (DeviceLoss | undefined)[] = [];

// Before any library acquires its device, as some copy the methods that are watched.
const onGpu: readonly (() => Counts)[] = [
  ...(typeof GPUDevice === 'undefined' ? [] : [countLiveObjects(gpuBuffers({ GPUDevice, GPUBuffer }))]),
  countLiveObjects(glTextures(WebGL2RenderingContext)),
];

/** What Node asks of the page, by plain data. A backend goes by the number that `open` gave it. */
const api = {
  async open(name: string, options: BackendOptions, losable: Losable | null): Promise<Opened> {
    const loss = losable === null ? undefined : watchDevicesOf(globalThis, losable, '@strata/conformance/targets');
    try {
      const { createBackend } = await backends[name]();
      const backend = await createBackend(options);
      const believed = await withShownReport(backend);
      reopen.push(() => createBackend(options));
      losses.push(loss);
      return { id: open.push(believed) - 1, report: backend.report };
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      return { absent: messageOf(error) };
    }
  },
  check: (id: number, subject: Subject, options: CheckOptions): Promise<CheckResult> =>
    checkSubject(open[id], subject, { ...options, open: reopen[id], loss: losses[id] }),
  /** What is left after compiling, running and disposing an inception block so many times. */
  async cycles(id: number, steps: number, countable: readonly Countable[]): Promise<RepeatCounts> {
    const backend = open[id];
    const counters = countable.includes('tensors') ? [...onGpu, await countTensors()] : onGpu;
    const count = () => Object.fromEntries(counters.flatMap((one) => Object.entries(one())));
    return repeat(cycle(backend, await memoryModel('block')), steps, count);
  },
  golden: (id: number, golden: Golden): Promise<BlockResult[]> => checkGolden(golden, open[id]),
  dispose: (id: number): Promise<void> => open[id].dispose(),
};

export type PageApi = typeof api;

Object.assign(globalThis, { conformance: api });
