import { asFloat32, DeviceError, isFloat32Array, type Model, type Program, type Tensor } from '@strata/core';
import { encodeModel, type OnnxNaming } from '@strata/formats/onnx';
import type { InferenceSession, OnnxValue } from 'onnxruntime-common';
import { loweringsOf } from '../lowerings/lowering-table.js';

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
  const { bytes, externalData, inputs: taken, outputs, sizes } = encodeModel(model, loweringsOf(model));
  const session = await InferenceSession.create(bytes, {
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    // Errors are thrown; warnings about how a graph is optimised are not for a user's terminal.
    logSeverityLevel: 3,
    externalData,
    ...options,
    ...(options.freeDimensionOverrides === undefined
      ? {}
      : { freeDimensionOverrides: rename(options.freeDimensionOverrides, sizes) }),
  });
  return {
    async execute(inputs) {
      const feeds = taken.map(({ name, onnxName }): [string, OnnxValue] => {
        const { [name]: given } = inputs;
        return [onnxName, new Tensor('float32', asFloat32(given), given.shape)];
      });
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(outputs.map(({ name, onnxName }) => [name, takeTensor(results[onnxName], name)]));
    },
    release: () => session.release(),
  };
}

/** The open sizes under the names that they have in the model. */
function rename(sizes: Readonly<Record<string, number>>, renamed: readonly OnnxNaming[]): Record<string, number> {
  const onnxNames = new Map(renamed.map(({ name, onnxName }) => [name, onnxName]));
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [onnxNames.get(name) ?? name, size]));
}

/** A test runner's sandbox has a `Float32Array` of its own, which its assertions want. */
function ofOurRealm(data: Float32Array): Float32Array {
  return Object.getPrototypeOf(data) === Float32Array.prototype ? data : new Float32Array(data);
}

function takeTensor({ data, dims }: OnnxValue, name: string): Tensor {
  if (isFloat32Array(data)) return { shape: [...dims], dtype: 'float32', data: ofOurRealm(data) };
  throw new DeviceError({ where: `output '${name}'`, got: 'another type', want: 'float32' });
}
