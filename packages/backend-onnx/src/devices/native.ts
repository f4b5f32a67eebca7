import { type Backend, type BackendOptions, defineBackend, loadLibrary, type Selection } from '@strata/core';
import { countCores, findProcessor } from '#host';
import { openProgram } from '../runtime/program.js';
import { importOnnxruntimeNode, ONNXRUNTIME_NODE } from './onnxruntime-node.js';

/** The CPU through onnxruntime-node. Sessions have threads of their own, so backends may differ in their number. */
export async function openNative({ threads = countCores() }: BackendOptions, selection: Selection): Promise<Backend> {
  const { env, InferenceSession, Tensor } = await loadLibrary(
    { where: 'onnx/native', ...ONNXRUNTIME_NODE },
    importOnnxruntimeNode,
  );
  const adapter = findProcessor();
  return defineBackend({
    report: {
      backend: 'onnx',
      device: 'native',
      library: { name: 'onnxruntime-node', version: env.versions.node ?? env.versions.common },
      ...(adapter === undefined ? {} : { adapter }),
      threads,
      software: false,
      precision: 'float32',
      convolution: 'direct',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: (model) =>
      openProgram({ InferenceSession, Tensor }, model, { executionProviders: ['cpu'], intraOpNumThreads: threads }),
    release: () => {},
    warmUp: true,
    reuseInputs: true,
  });
}
