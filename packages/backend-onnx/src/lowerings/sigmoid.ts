import type { Operator } from '@strata/formats/onnx';

/**
 * Not ONNX's Sigmoid: ONNX Runtime's CPU kernels approximate it by a quotient of polynomials on [−18, 18], which is off
 * by 2·10⁻⁴ of itself at −10 and 0 from −18 on. Here it is 1 / (1 + e^−x), as written.
 */
export const sigmoid: Operator<'sigmoid'> = ({ name, inputs }, emitter) => {
  const negative = emitter.emit(emitter.fresh(name, 'negative'), 'Neg', inputs);
  const power = emitter.emit(emitter.fresh(name, 'power'), 'Exp', [negative]);
  const sum = emitter.emit(emitter.fresh(name, 'sum'), 'Add', [power, emitter.floats(name, 'one', [1])]);
  emitter.emit(name, 'Reciprocal', [sum]);
};
