import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import {
  type Backend,
  type BackendOptions,
  DeviceError,
  defineBackend,
  loadLibrary,
  messageOf,
  refuseOptions,
  type Selection,
} from '@strata/core';
import { declaration } from '../declaration.js';
import { describeNvidia } from '../host/nvidia.js';
import { openProgram } from '../runtime/program.js';
import { smallestModel } from '../runtime/smallest-model.js';
import { importOnnxruntimeNode, ONNXRUNTIME_NODE } from './onnxruntime-node.js';

const WHERE = 'onnx/cuda';

const session = {
  executionProviders: ['cuda'],
  // Whatever has no kernel on CUDA fails the session: without this it would move to the CPU.
  extra: { session: { disable_cpu_ep_fallback: '1' } },
  logSeverityLevel: 4,
} as const;

/** An NVIDIA GPU through onnxruntime-node and CUDA 12. */
export async function openCuda(options: BackendOptions, selection: Selection): Promise<Backend> {
  refuseOptions(WHERE, options, ['threads', 'wasmPaths', 'gpuDevice', 'powerPreference']);
  const library = await loadLibrary({ where: WHERE, ...ONNXRUNTIME_NODE }, importOnnxruntimeNode);
  const { env, InferenceSession, Tensor } = library;
  refuseWithoutProvider();
  switchOffTf32();
  const runtime = { InferenceSession, Tensor };
  try {
    await (await openProgram(runtime, smallestModel, session)).release();
  } catch (error) {
    throw new DeviceError({
      where: WHERE,
      got: `onnxruntime-node does not start CUDA: ${messageOf(error).split('\n')[0]}`,
      want: 'CUDA 12 and cuDNN 9 where the loader finds them',
      hint: 'install them, and add their folders to LD_LIBRARY_PATH before the process starts',
      cause: error,
    });
  }
  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'cuda',
      library: { name: 'onnxruntime-node', version: env.versions.node ?? env.versions.common },
      ...describeNvidia(),
      software: false,
      precision: 'float32',
      // cuDNN takes what it measures to be fastest, Winograd and FFT among it.
      convolution: 'unknown',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: (model) => openProgram(runtime, model, session),
    release: () => {},
    warmUp: true,
    reuseInputs: true,
  });
}

/** The provider is a file of its own, which the package fetches when it is installed. */
function refuseWithoutProvider(): void {
  const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const file = 'libonnxruntime_providers_cuda.so';
  if (existsSync(join(root, 'bin', 'napi-v6', process.platform, process.arch, file))) return;
  throw new DeviceError({
    where: WHERE,
    got: `onnxruntime-node without ${file}`,
    want: 'the CUDA files that its install script fetches',
    hint: declaration.devices.cuda.node.hint,
    missing: declaration.devices.cuda.node.hint,
  });
}

/** The binding hands on no option for it, so it is told to cuBLAS and cuDNN, which look when they first compute. */
function switchOffTf32(): void {
  if (process.env.NVIDIA_TF32_OVERRIDE === '0') return;
  if (!isMainThread) {
    throw new DeviceError({
      where: WHERE,
      got: 'a worker thread, whose environment the CUDA libraries do not see',
      want: 'NVIDIA_TF32_OVERRIDE=0, for float32 to be float32',
      hint: 'set it before the process starts',
    });
  }
  process.env.NVIDIA_TF32_OVERRIDE = '0';
}
