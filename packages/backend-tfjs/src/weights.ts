import { DeviceError, type Shape, type Tensor, type Weights } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { fromRowMajor, type Value } from './layout.js';
import type { PrepareTools } from './lowering.js';
import { keepOne } from './scope.js';
import type { Traits } from './traits.js';

/** The constants of one program on the device. All methods but `host` are to be called within its session. */
export class Constants implements PrepareTools {
  readonly traits: Traits;
  readonly #weights: Weights;
  readonly #made = new Map<string, tf.Tensor>();

  constructor(weights: Weights, traits: Traits) {
    this.#weights = weights;
    this.traits = traits;
  }

  readonly host = (parameter: string): Tensor => {
    const found = this.#weights[parameter];
    if (found !== undefined) return found;
    throw new DeviceError({ where: `tfjs: parameter '${parameter}'`, got: 'no weights', want: 'bound weights' });
  };

  readonly constant = (key: string, shape: Shape, make: () => Float32Array): tf.Tensor =>
    // tfjs uploads to a GPU when a kernel first reads: the product makes that now, at compile, and is exact.
    this.#remember(key, () => tf.mul(tf.tensor(make(), [...shape]), 1));

  /** A parameter that is read like any other value, or is an output. */
  value(parameter: string): Value {
    const { shape, data } = this.host(parameter);
    const made = this.#remember(`${parameter}: a value`, () => {
      return tf.mul(fromRowMajor(tf.tensor(Float32Array.from(data), [...shape]), shape).tensor, 1);
    });
    return { shape, tensor: made };
  }

  dispose(): void {
    for (const made of this.#made.values()) made.dispose();
    this.#made.clear();
  }

  #remember(key: string, make: () => tf.Tensor): tf.Tensor {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = keepOne(make);
    this.#made.set(key, made);
    return made;
  }
}
