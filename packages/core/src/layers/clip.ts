import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `clip`. */
export interface ClipOptions {
  /** No lower bound by default. */
  readonly min?: number;
  /** No upper bound by default. Where `min` is above it, every element becomes `max`. */
  readonly max?: number;
}

export interface ClipLayer {
  /** min(max(x, `min`), `max`), any rank: relu6 is `{ min: 0, max: 6 }`. */
  clip(name: string, x: Value, options: ClipOptions): Value;
}

export const clip: Layer<ClipLayer['clip']> = (writer, name, x, { min, max }) => {
  const attributes = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return writer.add(name, [x], { op: 'clip', attributes });
};
