import { ShapeError } from '../errors.js';
import { type ActivationOptions, activate } from './activation.js';
import { knownSize } from './known-size.js';
import type { Layer } from './layer.js';
import { parameter } from './parameter.js';
import type { Value } from './value.js';
import { type PairLike, toPair, toWindowed, type WindowOptions } from './window-options.js';

/** Options of `conv2d`. */
export interface Conv2dOptions extends WindowOptions, ActivationOptions {
  /** Output channels. */
  readonly filters: number;
  readonly window: PairLike;
  /** 1 by default. */
  readonly groups?: number;
  /** Whether there is a bias. True by default. */
  readonly bias?: boolean;
}

export interface Conv2dLayer {
  /** [N,C,H,W] → [N,filters,rows,columns]. Parameters `NAME.weight` and, with a bias, `NAME.bias`. */
  conv2d(name: string, x: Value, options: Conv2dOptions): Value;
}

export const conv2d: Layer<Conv2dLayer['conv2d']> = (writer, name, x, options) => {
  const { filters, window, groups = 1, bias = true, activation } = options;
  const where = writer.describe(name, 'conv2d');
  const [rows, columns] = toPair(window);
  const channels = knownSize(where, x, 1, 'channels');
  if (channels % groups !== 0) {
    throw new ShapeError({
      where,
      got: `${channels} input channels in ${groups} groups`,
      want: 'input channels that the groups divide',
    });
  }
  const attributes = { ...toWindowed(options), groups, activation: 'none' as const };
  return writer.whole(() => {
    const weights = [parameter(writer, `${name}.weight`, [filters, channels / groups, rows, columns])];
    if (bias) weights.push(parameter(writer, `${name}.bias`, [filters]));
    return activate(writer, name, { activation, suffix: 'conv' }, (own) =>
      writer.add(own, [x, ...weights], { op: 'conv2d', attributes }),
    );
  });
};
