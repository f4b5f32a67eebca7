import type { Operator } from '@strata/formats/onnx';

/** By ReduceMax-18: ONNX Runtime's GlobalMaxPool starts from the lowest finite number, so that it never gives −∞. */
export const globalMaxPool: Operator<'globalMaxPool'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'ReduceMax', [inputs[0], emitter.ints(name, 'axes', [2, 3])]);
};
