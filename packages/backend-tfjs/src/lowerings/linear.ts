import { fused } from '@tensorflow/tfjs-core';
import type { Lowering } from '../lowering.js';
import { rank2 } from '../ranked.js';

/** One fused matrix product with bias and relu. Weights [out, in] are turned to [in, out] once. */
export const linear: Lowering<'linear'> = {
  prepare({ inputs: [, weightName, biasName], attributes }, { host, constant }) {
    const { shape, data } = host(weightName);
    const [out, features] = shape;
    const weights = constant(`${weightName}: in, out`, [features, out], () =>
      Float32Array.from({ length: data.length }, (_, i) => data[(i % out) * features + Math.floor(i / out)]),
    );
    const bias =
      biasName === undefined ? undefined : constant(biasName, [out], () => Float32Array.from(host(biasName).data));
    const activation = attributes.activation === 'relu' ? 'relu' : 'linear';
    return ([x]) => {
      const [batch] = x.shape;
      const rows = rank2(x.tensor);
      return { shape: [batch, out], tensor: fused.matMul({ a: rows, b: weights, bias, activation }) };
    };
  },
};
