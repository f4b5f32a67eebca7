import { countElements, normaliseAxis } from '@strata/core';
import { deviceAxis, deviceShape, type Value } from '../../layout.js';

/** A value seen as [outer, size, inner] around one of its axes, in device order. */
export interface AlongAxis {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

export function alongAxis({ shape }: Value, axis: number): AlongAxis {
  const sizes = deviceShape(shape);
  const at = deviceAxis(normaliseAxis(axis, shape.length, 'tfjs'), shape.length);
  return { outer: countElements(sizes.slice(0, at)), size: sizes[at], inner: countElements(sizes.slice(at + 1)) };
}
