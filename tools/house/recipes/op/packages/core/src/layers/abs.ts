import type { Layer } from './layer.js';
import type { Value } from './value.js';

export interface AbsLayer {
  /** |x|, any rank. */
  abs(name: string, x: Value): Value;
}

export const abs: Layer<AbsLayer['abs']> = (writer, name, x) => writer.add(name, [x], { op: 'abs', attributes: {} });
