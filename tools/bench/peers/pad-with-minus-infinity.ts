import { pad, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/** Rows and columns added around a picture, as `layers.zeroPadding2d` has them. */
export type Around = [[top: number, bottom: number], [left: number, right: number]];

/** The counterpart of `layers.zeroPadding2d` for a max pool: a custom layer, as tf.layers has none. NHWC. */
export class PadWithMinusInfinity extends layers.Layer {
  static readonly className = 'PadWithMinusInfinity';
  readonly #around: Around;

  constructor(around: Around) {
    super({});
    this.#around = around;
  }

  override computeOutputShape([batch, height, width, channels]: (number | null)[]): (number | null)[] {
    const grow = (size: number | null, [before, after]: [number, number]) =>
      size === null ? null : before + size + after;
    return [batch, grow(height, this.#around[0]), grow(width, this.#around[1]), channels];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x] = [inputs].flat();
    return pad(x, [[0, 0], ...this.#around, [0, 0]], Number.NEGATIVE_INFINITY);
  }
}
