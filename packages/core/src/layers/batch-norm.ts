import { knownSize } from './known-size.js';
import type { Layer } from './layer.js';
import { parameter } from './parameter.js';
import type { Value } from './value.js';

/** Options of `batchNorm`. */
export interface BatchNormOptions {
  /** Added to the variance before the root. 1e-5 by default. */
  readonly epsilon?: number;
}

export interface BatchNormLayer {
  /** Parameters `NAME.scale`, `.shift`, `.mean` and `.variance`, each [channels]. */
  batchNorm(name: string, x: Value, options?: BatchNormOptions): Value;
}

export const batchNorm: Layer<BatchNormLayer['batchNorm']> = (writer, name, x, { epsilon = 1e-5 } = {}) => {
  const channels = knownSize(writer.describe(name, 'batchNorm'), x, 1, 'channels');
  return writer.whole(() => {
    const own = ['scale', 'shift', 'mean', 'variance'].map((part) => parameter(writer, `${name}.${part}`, [channels]));
    return writer.add(name, [x, ...own], { op: 'batchNorm', attributes: { epsilon } });
  });
};
