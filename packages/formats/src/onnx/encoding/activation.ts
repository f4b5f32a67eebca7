import type { Activation } from '@strata/core';
import type { Emitter } from './emitter.js';

/** The ONNX operator of each activation. */
const activations: Readonly<Record<Exclude<Activation, 'none'>, string>> = { relu: 'Relu' };

/**
 * Emits an op with a fused activation. ONNX has no such op: the activation is a node of its own, which takes the name,
 * and what `emit` emits before it gets another.
 */
export function emitActivated(
  name: string,
  activation: Activation,
  emitter: Emitter,
  emit: (output: string) => void,
): void {
  if (activation === 'none') {
    emit(name);
    return;
  }
  const before = emitter.fresh(name, 'linear');
  emit(before);
  emitter.emit(name, activations[activation], [before]);
}
