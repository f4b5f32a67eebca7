import type { Activation } from '@strata/core';
import type { Emitter } from '../model/emitter.js';

/**
 * The name that an op with a fused activation gives its own value. ONNX has no such op: the Relu is a node of its own,
 * which ONNX Runtime fuses again.
 */
export function preActivation(name: string, activation: Activation, emitter: Emitter): string {
  return activation === 'none' ? name : emitter.fresh(name, 'linear');
}

export function emitActivation(name: string, before: string, activation: Activation, emitter: Emitter): void {
  if (activation === 'relu') emitter.emit(name, 'Relu', [before]);
}
