import type { Operator } from '@strata/formats/onnx';

/** Nothing to do at inference. ONNX Runtime removes the Identity unless it is an output. */
export const dropout: Operator<'dropout'> = ({ name, inputs }, emitter) => {
  emitter.emit(name, 'Identity', inputs);
};
