import { countElements, type Shape, stridesOf } from '../tensor/shape.js';

/** For each element of `output`, the position in a tensor of shape `input` that broadcasting reads. */
export function broadcastPositions(input: Shape, output: Shape): Uint32Array {
  const outStrides = stridesOf(output);
  const missing = output.length - input.length;
  const steps = stridesOf(input).map((stride, axis) => (input[axis] === 1 ? 0 : stride));
  return Uint32Array.from({ length: countElements(output) }, (_, position) =>
    steps.reduce((sum, step, axis) => {
      const index = Math.floor(position / outStrides[axis + missing]) % output[axis + missing];
      return sum + index * step;
    }, 0),
  );
}
