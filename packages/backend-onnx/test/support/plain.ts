import { type Shape, type Tensor, tensor } from '@strata/core';

/** Tensors as they cross from the test to the page and back. */
export type PlainTensors = Readonly<Record<string, { readonly shape: Shape; readonly data: readonly number[] }>>;

export function toPlain(tensors: Readonly<Record<string, Tensor>>): PlainTensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]),
  );
}

export function fromPlain(plain: PlainTensors): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(plain).map(([name, { shape, data }]) => [name, tensor(shape, data)]));
}
