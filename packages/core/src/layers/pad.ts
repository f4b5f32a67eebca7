import type { Layer } from './layer.js';
import type { Value } from './value.js';

/** Options of `pad`. */
export interface PadOptions {
  /** Elements added before each axis, a number an axis. */
  readonly before: readonly number[];
  /** Elements added after each axis, a number an axis. */
  readonly after: readonly number[];
  /** What is added: 0 by default. A finite number, which is rounded to float32. */
  readonly value?: number;
}

export interface PadLayer {
  /** `value` around `x`: `{ before: [0, 0, 1, 1], after: [0, 0, 1, 1] }` puts a pixel on each side of pictures. */
  pad(name: string, x: Value, options: PadOptions): Value;
}

export const pad: Layer<PadLayer['pad']> = (writer, name, x, { before, after, value = 0 }) =>
  writer.add(name, [x], { op: 'pad', attributes: { before: [...before], after: [...after], value } });
