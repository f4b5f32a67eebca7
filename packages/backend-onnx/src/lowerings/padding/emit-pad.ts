import type { Emitter } from '@strata/formats/onnx';

export interface PadRequest {
  /** The node that is lowered. */
  readonly name: string;
  /** What the padded value is called in it. */
  readonly what: string;
  readonly x: string;
  /** [top, left, bottom, right], in pixels. */
  readonly padding: readonly number[];
  readonly value: number;
}

/**
 * Pad-18 of the two picture axes, as a node that stays: ONNX Runtime fuses a Pad of zeros into the pool behind it even
 * where the pool then refuses the padding, or counts otherwise. It takes the value for zero by its bits, so that −0,
 * which adds the same, is left alone. Not with named axes: the layout transformer then gathers them wrongly.
 */
export function emitPad({ name, what, x, padding, value }: PadRequest, emitter: Emitter): string {
  const [top, left, bottom, right] = padding;
  const pads = emitter.ints(name, `${what}-pads`, [0, 0, top, left, 0, 0, bottom, right]);
  const fill = emitter.floats(name, `${what}-fill`, [value === 0 ? -0 : value]);
  return emitter.emit(emitter.fresh(name, what), 'Pad', [x, pads, fill]);
}
