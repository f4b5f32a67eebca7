import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `transpose`. */
export interface TransposeOptions {
  /** For each axis of the result, the axis of `x` that it is. All axes in reverse by default, as in ONNX and NumPy. */
  readonly permutation?: readonly number[];
}

export interface TransposeLayer {
  /** Axes in another order: `{ permutation: [0, 2, 3, 1] }` makes NHWC of NCHW. */
  transpose(name: string, x: Value, options?: TransposeOptions): Value;
}

export const transpose: Layer<TransposeLayer['transpose']> = (writer, name, x, { permutation } = {}) => {
  const axes = permutation ?? x.shape.map((_, axis) => axis).reverse();
  return writer.add(name, [x], { op: 'transpose', attributes: { permutation: [...axes] } });
};
