import { DeviceError, findLowPools, type Model, ownValue, type Shape, type Tensor, type Weights } from '@strata/core';
import * as tf from '@tensorflow/tfjs-core';
import { fromRowMajor, type Value } from './layout.js';
import type { PrepareTools } from './lowerings/types.js';
import { keepOne } from './scope.js';
import type { Traits } from './traits.js';

/** The constants of one program on the device. All methods but `host` are to be called within its session. */
export class Constants implements PrepareTools {
  readonly traits: Traits;
  readonly lowPools: ReadonlySet<string>;
  readonly #weights: Weights;
  readonly #made = new Map<string, tf.Tensor>();

  constructor(model: Model, traits: Traits) {
    this.#weights = model.weights;
    this.traits = traits;
    this.lowPools = findLowPools(model);
  }

  readonly host = (parameter: string): Tensor => {
    const found = ownValue(this.#weights, parameter);
    if (found !== undefined) return found;
    throw new DeviceError({ where: `tfjs: parameter '${parameter}'`, got: 'no weights', want: 'bound weights' });
  };

  readonly constant = (key: readonly (string | number)[], shape: Shape, make: () => Float32Array): tf.Tensor =>
    this.#remember(key, () => this.#uploaded(tf.tensor(make(), [...shape])));

  /** A parameter that is read like any other value, or is an output. */
  value(parameter: string): Value {
    const { shape, data } = this.host(parameter);
    const made = this.#remember(['value', parameter], () =>
      this.#uploaded(fromRowMajor(tf.tensor(new Float32Array(data), [...shape]), shape).tensor),
    );
    return { shape, tensor: made };
  }

  dispose(): void {
    for (const made of this.#made.values()) made.dispose();
    this.#made.clear();
  }

  /** tfjs uploads to a GPU when a kernel first reads: the product makes that now, at compile, and is exact. */
  #uploaded(tensor: tf.Tensor): tf.Tensor {
    return this.traits.uploadsAtOnce ? tensor : tf.mul(tensor, 1);
  }

  #remember(parts: readonly (string | number)[], make: () => tf.Tensor): tf.Tensor {
    const key = JSON.stringify(parts);
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = keepOne(make);
    this.#made.set(key, made);
    return made;
  }
}
