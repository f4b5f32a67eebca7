import {
  type Backend,
  type BackendOptions,
  DeviceError,
  defineBackend,
  loadLibrary,
  messageOf,
  refuseOptions,
  type Selection,
  UnsupportedError,
} from '@strata/core';
import type { InferenceSession } from 'onnxruntime-common';
import { findGpuInUse } from '../host/gpus.js';
import { openProgram } from '../runtime/program.js';
import { smallestModel } from '../runtime/smallest-model.js';
import { importOnnxruntimeNode, ONNXRUNTIME_NODE } from './onnxruntime-node.js';

const WHERE = 'onnx/webgpu';

/** Whatever has no kernel on WebGPU fails the session: without this it would move to the CPU. */
export const webgpuSession = {
  // Channels last, the provider's own choice, gives wrong sums where channels are a multiple of 3 and filters of 4.
  executionProviders: [{ name: 'webgpu', preferredLayout: 'NCHW' }],
  extra: { session: { disable_cpu_ep_fallback: '1' } },
  // Its errors are thrown; it would print them as well.
  logSeverityLevel: 4,
} satisfies InferenceSession.SessionOptions;

/** WebGPU through the provider that is part of onnxruntime-node: Dawn on Vulkan, Metal or Direct3D 12. */
export async function openWebgpu(asked: BackendOptions, selection: Selection): Promise<Backend> {
  refuseOptions(WHERE, asked, ['threads', 'wasmPaths', 'gpuDevice']);
  if (asked.powerPreference === 'low-power') {
    throw new UnsupportedError({
      where: `${WHERE}: powerPreference`,
      got: 'low-power',
      want: 'high-performance',
      hint: 'onnxruntime-node asks for no other',
    });
  }
  const library = await loadLibrary({ where: WHERE, ...ONNXRUNTIME_NODE }, importOnnxruntimeNode);
  const { env, InferenceSession, Tensor } = library;
  if (!library.listSupportedBackends().some(({ name, bundled }) => name === 'webgpu' && bundled)) {
    throw new DeviceError({
      where: WHERE,
      got: `onnxruntime-node without its WebGPU provider on ${process.platform}/${process.arch}`,
      want: 'linux/x64, darwin/arm64, win32/x64 or win32/arm64',
      hint: 'choose another device',
    });
  }
  const runtime = { InferenceSession, Tensor };
  // The library's one WebGPU device lives as long as any session: this one holds it for the backend.
  const holder = await openHolder();
  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'webgpu',
      library: { name: 'onnxruntime-node', version: env.versions.node ?? env.versions.common },
      ...findGpuInUse(),
      precision: 'float32',
      convolution: 'direct',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: (model) => openProgram(runtime, model, webgpuSession),
    release: () => holder.release(),
    warmUp: true,
    reuseInputs: true,
  });

  async function openHolder() {
    try {
      return await openProgram(runtime, smallestModel, webgpuSession);
    } catch (error) {
      throw new DeviceError({
        where: WHERE,
        got: `onnxruntime-node finds no WebGPU: ${reasonOf(messageOf(error))}`,
        want: 'a GPU with a driver for Vulkan, Metal or Direct3D 12',
        hint: 'install the driver, and on Linux the Vulkan loader (libvulkan1)',
        cause: error,
      });
    }
  }
}

/** The last part of the library's message, without the place in its source. */
function reasonOf(message: string): string {
  return (message.split(' was false. ').at(-1) ?? message).trim();
}
