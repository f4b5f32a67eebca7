import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `dropout`. */
export interface DropoutOptions {
  /** Share of elements set to zero in training, 0 ≤ rate < 1. */
  readonly rate: number;
}

export interface DropoutLayer {
  /** Identity at inference, any rank. */
  dropout(name: string, x: Value, options: DropoutOptions): Value;
}

export const dropout: Layer<DropoutLayer['dropout']> = (writer, name, x, { rate }) =>
  writer.add(name, [x], { op: 'dropout', attributes: { rate } });
