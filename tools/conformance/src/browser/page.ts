import { type Backend, type BackendOptions, DeviceError, messageOf } from '@strata/core';
import type { CheckOptions, CheckResult } from '../check/search.js';
import { checkSubject, type Subject } from '../check/subjects.js';
import { type BlockResult, checkGolden } from '../golden/check-golden.js';
import type { Golden } from '../golden/golden.js';
import { countLiveObjects, glTextures, gpuBuffers } from '../memory/live-objects.js';
import { memoryModel } from '../memory/models.js';
import { type Counts, cycle, type RepeatCounts, repeat } from '../memory/repeat.js';
import { countTensors } from '../memory/tensors.js';
import type { Opened, PageBackend } from './messages.js';

const load = {
  onnx: () => import('@strata/backend-onnx'),
  tfjs: () => import('@strata/backend-tfjs'),
  gpujs: () => import('@strata/backend-gpujs'),
} as const;

const open: Backend[] = [];

// Before any library takes its device, for some copy the methods that are watched.
const onGpu: readonly (() => Counts)[] = [
  ...(typeof GPUDevice === 'undefined' ? [] : [countLiveObjects(gpuBuffers({ GPUDevice, GPUBuffer }))]),
  countLiveObjects(glTextures(WebGL2RenderingContext)),
];

/** What Node asks of the page, by plain data. A backend goes by the number that `open` gave it. */
const api = {
  async open(name: PageBackend, options: BackendOptions): Promise<Opened> {
    try {
      const { createBackend } = await load[name]();
      const backend = await createBackend(options);
      return { id: open.push(backend) - 1, report: backend.report };
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      return { absent: messageOf(error) };
    }
  },
  check: (id: number, subject: Subject, options: CheckOptions): Promise<CheckResult> =>
    checkSubject(open[id], subject, options),
  /** What is left behind after so many times compile, run and dispose of an inception block. */
  async cycles(id: number, steps: number): Promise<RepeatCounts> {
    const backend = open[id];
    const counters = backend.name === 'tfjs' ? [...onGpu, await countTensors()] : onGpu;
    const count = () => Object.fromEntries(counters.flatMap((one) => Object.entries(one())));
    return repeat(cycle(backend, await memoryModel('block')), steps, count);
  },
  golden: (id: number, golden: Golden): Promise<BlockResult[]> => checkGolden(golden, open[id]),
  dispose: (id: number): Promise<void> => open[id].dispose(),
};

export type PageApi = typeof api;

Object.assign(globalThis, { conformance: api });
