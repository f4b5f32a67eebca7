import { type Backend, type DeviceReport, defineBackend, type Pass, type Selection } from '@strata/core';
import type { OpenDevice } from './open-device.js';
import { createProgram } from './program.js';

/** What a device of tfjs provides. */
export interface DeviceParts {
  readonly device: OpenDevice;
  readonly report: Pick<
    DeviceReport,
    'device' | 'library' | 'software' | 'convolution' | 'adapter' | 'driver' | 'threads'
  >;
  /** Rewrites before lowering; `defaultPasses` unless given. */
  readonly passes?: readonly Pass[];
  /** Opens the device anew after it was lost; absent where that cannot be. */
  reopen?(): Promise<OpenDevice>;
}

/** The `Backend` of an opened device. */
export function defineDevice({ device, report, passes, reopen }: DeviceParts, selection: Selection): Backend {
  let current = device;
  let released = false;
  let declareLost: (reason: string) => void = () => {};
  const watch = (watched: OpenDevice) =>
    watched.session.lost?.then((reason) => {
      if (watched === current && !released) declareLost(reason);
    });
  const recovery =
    reopen === undefined
      ? {}
      : {
          recover: async () => {
            const lost = current;
            current = await reopen();
            watch(current);
            lost.close();
          },
        };
  return defineBackend({
    report: { backend: 'tfjs', precision: 'float32', ...report, ...selection },
    gapOf: () => undefined,
    async prepare(model, context) {
      const { session, guard = unguarded, trim = () => {} } = current;
      const program = await guard(() => createProgram(session, model, context));
      let lastSizes = '';
      return {
        execute(inputs, signal) {
          const sizes = JSON.stringify(Object.values(inputs).map(({ shape }) => shape));
          if (sizes !== lastSizes) trim();
          lastSizes = sizes;
          return guard(() => program.execute(inputs, signal));
        },
        async release() {
          await program.release();
          trim();
        },
      };
    },
    release() {
      released = true;
      current.close();
    },
    watchLoss(declare) {
      declareLost = declare;
      watch(current);
    },
    ...recovery,
    ...(passes === undefined ? {} : { passes }),
    warmUp: true,
  });
}

async function unguarded<T>(work: () => Promise<T>): Promise<T> {
  return work();
}
