import { normaliseAxis } from '../tensor/shape.js';
import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `concat`. */
export interface ConcatOptions {
  /** 1 by default; negative counts from the end. */
  readonly axis?: number;
}

export interface ConcatLayer {
  /** Along channels unless `axis` says otherwise; a negative axis counts from the end. */
  concat(name: string, inputs: readonly Value[], options?: ConcatOptions): Value;
}

export const concat: Layer<ConcatLayer['concat']> = (writer, name, inputs, { axis = 1 } = {}) => {
  const rank = inputs[0]?.shape.length ?? 0;
  const along = rank === 0 ? axis : normaliseAxis(axis, rank, writer.describe(name, 'concat'));
  return writer.add(name, inputs, { op: 'concat', attributes: { axis: along } });
};
