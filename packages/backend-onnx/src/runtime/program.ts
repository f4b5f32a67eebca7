import { DeviceError, type Model, type Program, type Tensor } from '@strata/core';
import type { InferenceSession, OnnxValue } from 'onnxruntime-common';
import { encodeModel } from '../model/encode-model.js';

/** The two classes of an ONNX Runtime package; each package has its own. */
export interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxValue;
}

/** One session that runs the whole graph. */
export async function openProgram(
  { InferenceSession, Tensor }: Runtime,
  model: Model,
  options: InferenceSession.SessionOptions,
): Promise<Program> {
  const { bytes, externalData, outputs } = encodeModel(model);
  const session = await InferenceSession.create(bytes, {
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    // Errors are thrown; warnings about how a graph is optimised are not for a user's terminal.
    logSeverityLevel: 3,
    externalData,
    ...options,
  });
  return {
    async execute(inputs) {
      const feeds: Record<string, OnnxValue> = {};
      for (const [name, { data, shape }] of Object.entries(inputs)) {
        if (data instanceof Float32Array) feeds[name] = new Tensor('float32', data, shape);
      }
      const results = await session.run(feeds);
      const values: Record<string, Tensor> = {};
      for (const { name, onnxName } of outputs) values[name] = takeTensor(results[onnxName], name);
      return values;
    },
    release: () => session.release(),
  };
}

function takeTensor({ data, dims }: OnnxValue, name: string): Tensor {
  if (data instanceof Float32Array) return { shape: dims, dtype: 'float32', data };
  throw new DeviceError({ where: `output '${name}'`, got: 'another type', want: 'float32' });
}
