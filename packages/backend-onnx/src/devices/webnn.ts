import {
  awaited,
  type Backend,
  type BackendOptions,
  DeviceError,
  defineBackend,
  loadLibrary,
  messageOf,
  refuseOptions,
  type Selection,
} from '@strata/core';
import { findWrongFile } from '#host';
import { findMl, type MlContext } from '../host/browser-ml.js';
import { openBySize } from '../runtime/by-size.js';
import { filesHint } from '../runtime/files-hint.js';
import { openAlone } from '../runtime/open-alone.js';
import { openRealm } from '../runtime/realm.js';
import { smallestModel } from '../runtime/smallest-model.js';

const WHERE = 'onnx/webnn';
const LIBRARY = { where: WHERE, library: 'onnxruntime-web', install: 'npm install onnxruntime-web' };

/** WebNN in a page or worker through onnxruntime-web: one session for each set of input sizes. */
export async function openWebnn(options: BackendOptions, selection: Selection): Promise<Backend> {
  refuseOptions(WHERE, options, ['threads', 'gpuDevice']);
  let context = await createContext(options);
  const realm = await loadLibrary(LIBRARY, () => openRealm(WHERE, options));
  let declareLost: (reason: string) => void = () => {};
  let closing = false;
  watch();
  try {
    await (await open(smallestModel, {})).release();
  } catch (error) {
    throw new DeviceError({
      where: WHERE,
      got: `onnxruntime-web does not start: ${(await findWrongFile([])) ?? messageOf(error)}`,
      hint: filesHint,
      cause: error,
    });
  }
  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'webnn',
      library: { name: 'onnxruntime-web', version: realm.version },
      adapter: 'unknown',
      // WebNN may take the CPU though a GPU was asked for, and need not say so: the report claims hardware only where
      // it does.
      software: context.accelerated !== true,
      precision: 'float32',
      convolution: 'unknown',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: async (model) => openBySize(model, (sizes) => open(model, sizes)),
    watchLoss(declare) {
      declareLost = declare;
    },
    async recover() {
      context = await createContext(options);
      watch();
    },
    release() {
      closing = true;
      context.destroy?.();
    },
    warmUp: true,
    reuseInputs: true,
  });

  function open(model: Parameters<typeof openAlone>[1], freeDimensionOverrides: Readonly<Record<string, number>>) {
    return openAlone(realm, model, {
      executionProviders: [{ name: 'webnn', deviceType: 'gpu', context }],
      freeDimensionOverrides,
      // Whatever WebNN cannot do fails the session: without this it would move to the library's own CPU code.
      extra: { session: { disable_cpu_ep_fallback: '1' } },
      logSeverityLevel: 4,
    });
  }

  function watch(): void {
    const watched = context;
    watched.lost?.then(({ message }) => {
      if (!closing && watched === context) declareLost(message || 'the WebNN context was lost');
    });
  }
}

async function createContext({ powerPreference }: BackendOptions): Promise<MlContext> {
  const ml = findMl();
  try {
    if (ml === undefined) throw new Error('navigator.ml is gone');
    const wanted = { deviceType: 'gpu', ...(powerPreference === undefined ? {} : { powerPreference }) } as const;
    return await awaited('navigator.ml.createContext()', ml.createContext(wanted));
  } catch (error) {
    throw new DeviceError({
      where: WHERE,
      got: `no WebNN context: ${messageOf(error)}`,
      hint: 'choose webgpu or wasm',
      cause: error,
    });
  }
}
