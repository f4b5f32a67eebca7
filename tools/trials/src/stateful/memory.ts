import type { Tensor, Weights } from '@strata/core';
import type { Given } from './steps.js';

/** The same numbers where a program may have them: in an array of their own, in a part of another, in shared memory. */
export function place(tensors: Weights, given: Given): Weights {
  return mapTensors(tensors, ({ data }) => {
    if (given === 'alone') return Float32Array.from(data);
    // Browsers have shared memory on isolated pages alone.
    const buffer =
      given === 'shared' && typeof SharedArrayBuffer === 'function'
        ? new SharedArrayBuffer(4 * data.length + 12)
        : new ArrayBuffer(4 * data.length + 12);
    new Float32Array(buffer).fill(-1000);
    const part = new Float32Array(buffer, 4, data.length);
    part.set(data);
    return part;
  });
}

/** Overwrites them, as a program may whose call has returned. */
export function overwrite(tensors: Weights): void {
  for (const { data } of Object.values(tensors)) data.fill(1000);
}

function mapTensors(tensors: Weights, change: (tensor: Tensor) => Float32Array): Weights {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, { ...tensor, data: change(tensor) }]),
  );
}
