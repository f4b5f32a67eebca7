import { type Backend, type DeviceReport, defineBackend, type Selection } from '@strata/core';
import { libraryVersion } from '#host';
import type { GpuInstance } from './library/gpu.js';
import { loweringTable } from './lowerings/lowering-table.js';
import type { PipelineContext } from './pipeline.js';
import { createProgram } from './program.js';
import type { DeviceTraits } from './traits.js';

/** What each device adds to what all have in common. */
export interface DeviceParts {
  readonly device: string;
  readonly traits: DeviceTraits;
  readonly selection: Selection;
  readonly report: Pick<DeviceReport, 'software'> & Partial<Pick<DeviceReport, 'adapter' | 'driver' | 'threads'>>;
  /** A gpu.js instance for one plan. */
  acquire: PipelineContext['acquire'];
  /** Throws when the device has reported an error that the library did not pass on. */
  afterRun?(): void;
  watchLoss?(declareLost: (reason: string) => void): void;
  recover?(): Promise<void>;
  /** Makes the call in which gpu.js compiles, for modes that look at globals then. */
  firstCall?<T>(call: () => Promise<T>): Promise<T>;
  release?(): Promise<void>;
}

/** The backend on a device whose library is loaded. */
export function defineDevice(request: DeviceParts): Backend {
  const { device, acquire, traits, selection, report } = request;
  const where = `gpujs/${device}`;
  return defineBackend({
    report: {
      backend: 'gpujs',
      device,
      library: { name: 'gpu.js', version: libraryVersion() },
      precision: 'float32',
      convolution: 'direct',
      ...report,
      ...selection,
    },
    gapOf: ({ op }) =>
      op === 'input' || op === 'parameter' || Object.hasOwn(loweringTable, op) ? undefined : `no kernel`,
    prepare: async (model) =>
      createProgram(model, {
        where,
        traits,
        threads: report.threads !== 1,
        acquire,
        firstCall: request.firstCall ?? ((call) => call()),
        afterRun: () => request.afterRun?.(),
      }),
    warmUp: true,
    watchLoss: request.watchLoss,
    recover: request.recover,
    release: async () => request.release?.(),
  });
}

/**
 * An instance that one plan has for itself. gpu.js forgets kernels of mode cpu only with the instance that made them.
 */
export function ownInstance(create: () => GpuInstance): ReturnType<PipelineContext['acquire']> {
  const gpu = create();
  return { gpu, release: () => gpu.destroy() };
}
