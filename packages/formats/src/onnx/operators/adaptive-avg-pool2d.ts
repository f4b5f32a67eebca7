import { adaptiveWindows } from '@strata/core';
import { int, ints } from '../encoding/attributes.js';
import type { Emitter } from '../encoding/emitter.js';
import type { Operator } from './types.js';

/**
 * ONNX has no operator for it. GlobalAveragePool-1 where the result is one pixel; else the means along the height, then
 * of those along the width: AveragePool-19 where windows of one size stand side by side, or Slice-13, AveragePool-19 and
 * Concat-13 of each window. An axis whose size may be open has one window: ReduceMean-18. No product with a matrix of
 * weights, for 0 · ∞ would reach pixels outside the window.
 */
export const adaptiveAvgPool2d: Operator<'adaptiveAvgPool2d'> = (
  { name, inputs: [x], attributes: { size } },
  emitter,
) => {
  if (size[0] === 1 && size[1] === 1) {
    emitter.emit(name, 'GlobalAveragePool', [x]);
    return;
  }
  const [, , height, width] = emitter.shapeOf(x);
  const rows = emitMeans(emitter.fresh(name, 'rows'), x, { axis: 2, length: height, count: size[0] }, emitter);
  emitMeans(name, rows, { axis: 3, length: width, count: size[1] }, emitter);
};

interface Along {
  readonly axis: 2 | 3;
  readonly length: number | string;
  readonly count: number;
}

/** The means of `count` windows along one axis. Returns `output`. */
function emitMeans(output: string, x: string, { axis, length, count }: Along, emitter: Emitter): string {
  if (count === 1 || typeof length !== 'number') {
    return emitter.emit(output, 'ReduceMean', [x, emitter.ints(output, 'axes', [axis])]);
  }
  const pool = (size: number, step: number) => ({
    kernel_shape: ints(axis === 2 ? [size, 1] : [1, size]),
    strides: ints(axis === 2 ? [step, 1] : [1, step]),
  });
  if (length % count === 0) {
    const size = length / count;
    return size === 1
      ? emitter.emit(output, 'Identity', [x])
      : emitter.emit(output, 'AveragePool', [x], pool(size, size));
  }
  const axes = emitter.ints(output, 'axes', [axis]);
  const means = adaptiveWindows(length, count).map(([start, end]) => {
    const [from, to] = [emitter.ints(output, 'start', [start]), emitter.ints(output, 'end', [end])];
    const window = emitter.emit(emitter.fresh(output, 'window'), 'Slice', [x, from, to, axes]);
    if (end - start === 1) return window;
    return emitter.emit(emitter.fresh(output, 'mean'), 'AveragePool', [window], pool(end - start, 1));
  });
  return emitter.emit(output, 'Concat', means, { axis: int(axis) });
}
