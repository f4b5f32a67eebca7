import type { Pair, Rounding, Windowed } from '@strata/core';
import { type AttributeValues, int, ints } from './attributes.js';

/** How a window moves over a picture, as Conv and the pools say it. ONNX pads are [top, left, bottom, right], as ours. */
export function windowAttributes({ stride, padding, dilation }: Windowed): AttributeValues {
  return { strides: ints(stride), pads: ints(padding), dilations: ints(dilation) };
}

/** A pool's own window besides. */
export function poolAttributes(
  pool: Windowed & { readonly window: Pair; readonly rounding: Rounding },
): AttributeValues {
  const settings = { kernel_shape: ints(pool.window), ...windowAttributes(pool) };
  return pool.rounding === 'ceil' ? { ...settings, ceil_mode: int(1) } : settings;
}
