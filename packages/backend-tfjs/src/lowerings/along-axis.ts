import { countElements, normaliseAxis, type Shape } from '@strata/core';
import { deviceAxis, deviceShape, type Value } from '../layout.js';

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

/** The shape with another size on one axis. */
export function withSize(shape: Shape, axis: number, size: number): Shape {
  const at = normaliseAxis(axis, shape.length, 'tfjs');
  return shape.map((old, index) => (index === at ? size : old));
}
