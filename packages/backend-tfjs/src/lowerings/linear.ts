import { fused } from '@tensorflow/tfjs-core';
import { rank2 } from '../ranked.js';
import { turnMatrix } from './shared/filters.js';
import type { Lowering } from './types.js';

/** One fused matrix product with bias and relu. Weights [out, in] are turned to [in, out] once. */
export const linear: Lowering<'linear'> = {
  prepare({ inputs: [, weightName, biasName], attributes }, { host, constant }) {
    const given = host(weightName);
    const [out, features] = given.shape;
    const weights = constant(['in, out', weightName], [features, out], () => turnMatrix(given));
    const bias =
      biasName === undefined
        ? undefined
        : constant(['vector', biasName, 0, out], [out], () => new Float32Array(host(biasName).data));
    const activation = attributes.activation === 'relu' ? 'relu' : 'linear';
    return ([x]) => {
      const [batch] = x.shape;
      const rows = rank2(x.tensor);
      return { shape: [batch, out], tensor: fused.matMul({ a: rows, b: weights, bias, activation }) };
    };
  },
};
