import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import util from 'node:util';
import {
  type Backend,
  type BackendOptions,
  cureOf,
  DeviceError,
  defaultPasses,
  delayActivation,
  messageOf,
  type Selection,
} from '@strata/core';
import { findBackend, type KernelBackend } from '@tensorflow/tfjs-core';
import { defineDevice } from '../define-device.js';
import { type Patch, withPatches } from '../patches.js';
import { keepingCurrent, Session } from '../session.js';
import { fullTraits } from '../traits.js';

/** The package with the GPU build, and the one without. */
const GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';
const CPU_PACKAGE = '@tensorflow/tfjs-node';

const require = createRequire(import.meta.url);

/**
 * TensorFlow's own library, on an NVIDIA GPU (`cuda`) or the CPU (`native`). A process loads it once and for one of the
 * two: the other is then a `DeviceError`.
 */
export function openTensorflow(device: 'cuda' | 'native', { threads }: BackendOptions, selection: Selection): Backend {
  const where = `tfjs/${device}`;
  if (threads !== undefined) {
    throw new DeviceError({
      where: `${where}: threads`,
      got: `${threads}`,
      want: "TensorFlow's own choice",
      hint: 'set TF_NUM_INTRAOP_THREADS and TF_NUM_INTEROP_THREADS before the process starts',
    });
  }
  const packages = device === 'cuda' ? [GPU_PACKAGE] : [CPU_PACKAGE, GPU_PACKAGE];
  const name = packages.find(isInstalled);
  if (name === undefined) throw notInstalled(device);
  const backend = findBackend('tensorflow') ?? load(name, device);
  const onGpu = 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true;
  if (onGpu !== (device === 'cuda')) {
    throw new DeviceError({
      where,
      got: onGpu ? 'TensorFlow loaded on the GPU in this process' : 'TensorFlow lists no GPU',
      want: onGpu ? 'a process that has not opened cuda' : 'an NVIDIA GPU with its driver, CUDA 11 and cuDNN 8',
      hint: onGpu
        ? 'open native in a process of its own'
        : 'if native was opened first, open cuda in a process of its own',
    });
  }
  const session = new Session({
    kernels: 'tensorflow',
    backend,
    patches: removedFromNode(),
    traits: {
      ...fullTraits,
      uploadsAtOnce: false,
      poolsPad: false,
      maxPoolGivesInfinity: false,
      convolutionsDilate: false,
      depthwiseStepsDiffer: false,
    },
  });
  const { version }: { version: string } = require(`${name}/package.json`);
  const library = { name, version };
  const [processor] = cpus();
  return defineDevice(
    {
      device: { session, close: () => session.close() },
      report: {
        device,
        library,
        ...(device === 'native' && processor !== undefined && { adapter: processor.model }),
        driver: `TensorFlow ${tensorflowVersion(backend)}`,
        software: false,
        // Without a GPU neither Eigen nor oneDNN, asked for direct ones, convolves otherwise.
        convolution: device === 'native' ? 'direct' : 'unknown',
      },
      // The package's fused convolution is three operations of TensorFlow, each over the whole result.
      passes: [...defaultPasses, delayActivation],
    },
    selection,
  );
}

/** The version of the C library, which is not the package's. */
function tensorflowVersion(backend: KernelBackend): string {
  const binding: unknown = 'binding' in backend ? backend.binding : undefined;
  const told = typeof binding === 'object' && binding !== null && 'TF_Version' in binding;
  return told ? String(binding.TF_Version) : 'of unknown version';
}

function notInstalled(device: 'cuda' | 'native'): DeviceError {
  const name = device === 'cuda' ? GPU_PACKAGE : CPU_PACKAGE;
  const install = `npm install ${name}@4.22.0`;
  return new DeviceError({
    where: `tfjs/${device}`,
    // Without a GPU nothing would come of the other package.
    ...(device === 'native' ? { missing: install } : {}),
    got:
      device === 'cuda' ? `${GPU_PACKAGE} is not installed` : `neither ${CPU_PACKAGE} nor ${GPU_PACKAGE} is installed`,
    hint: `${install}, or in Strata's own repository npm run setup:tensorflow`,
  });
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Loads the package, which makes its backend tfjs' current one; this is undone. */
function load(name: string, device: 'cuda' | 'native'): KernelBackend {
  // cuBLAS and cuDNN read this when they first compute, so it stays set: float32 means float32.
  process.env.NVIDIA_TF32_OVERRIDE = '0';
  // Only the warnings and errors of its log, unless the user wants more.
  const { TF_CPP_MIN_LOG_LEVEL = '1' } = process.env;
  const visible = device === 'native' ? { CUDA_VISIBLE_DEVICES: '-1' } : {};
  const environment = { target: process.env, values: { TF_CPP_MIN_LOG_LEVEL, ...visible } };
  try {
    withPatches([environment, ...removedFromNode()], () => {
      bindAllSymbols(name);
      keepingCurrent(() => require(name));
    });
  } catch (error) {
    const rebuild = `run npm rebuild ${name}, or in Strata's own repository npm run setup:tensorflow -- --force`;
    const cure = cureOf(error, rebuild);
    throw new DeviceError({
      where: `tfjs/${device}`,
      got: `${name} does not load: ${messageOf(error).split('\n')[0]}`,
      hint: cure,
      // Without a GPU nothing would come of the other device.
      ...(device === 'native' ? { missing: cure } : {}),
      cause: error,
    });
  }
  const backend = findBackend('tensorflow');
  if (backend !== null) return backend;
  throw new DeviceError({ where: `tfjs/${device}`, got: `${name} with another copy of tfjs-core`, want: 'one copy' });
}

/**
 * Loads the binding with every symbol looked up at once. Node looks them up when they are first called, and one that
 * another TensorFlow lacks then ends the process; this way it is an exception.
 */
function bindAllSymbols(name: string): void {
  const binding = join(dirname(require.resolve(`${name}/package.json`)), 'lib/napi-v8/tfjs_binding.node');
  // Without the file the package itself says what is wrong; Windows knows no such flag and looks up all symbols anyway.
  if (!existsSync(binding) || process.platform === 'win32') return;
  process.dlopen({ exports: {} }, binding, constants.dlopen.RTLD_NOW);
}

/** Functions that Node 23 removed from its util module and the package still calls. */
function removedFromNode(): Patch[] {
  if ('isNullOrUndefined' in util) return [];
  const isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  return [{ target: util, values: { isNullOrUndefined, isArray: Array.isArray } }];
}
