import { type ActivationOptions, activate } from './activation.js';
import { knownSize } from './known-size.js';
import type { Layer } from './layer.js';
import { parameter } from './parameter.js';
import type { Value } from './value.js';

/** Options of `linear`. */
export interface LinearOptions extends ActivationOptions {
  /** Output features. */
  readonly features: number;
  /** Whether there is a bias. True by default. */
  readonly bias?: boolean;
}

export interface LinearLayer {
  /** [batch, in] → [batch, features]. Parameters `NAME.weight` and, with a bias, `NAME.bias`. */
  linear(name: string, x: Value, options: LinearOptions): Value;
}

export const linear: Layer<LinearLayer['linear']> = (writer, name, x, { features, bias = true, activation }) => {
  const inputs = knownSize(writer.describe(name, 'linear'), x, 1, 'features');
  const attributes = { activation: 'none' as const };
  return writer.whole(() => {
    const weights = [parameter(writer, `${name}.weight`, [features, inputs])];
    if (bias) weights.push(parameter(writer, `${name}.bias`, [features]));
    return activate(writer, name, { activation, suffix: 'linear' }, (own) =>
      writer.add(own, [x, ...weights], { op: 'linear', attributes }),
    );
  });
};
