import type { TypedArray } from '../tensor/tensor.js';

/** Keeps one array a name to copy into: for a picture, fresh memory costs ten times what copying does. */
export class ArrayPool {
  readonly #spare = new Map<string, TypedArray>();

  /** The values as float32, in the spare array of that name where it has their length. It is nobody else's until `give`. */
  copy(name: string, values: TypedArray): Float32Array {
    const spare = this.#spare.get(name);
    this.#spare.delete(name);
    if (!(spare instanceof Float32Array) || spare.length !== values.length) return Float32Array.from(values);
    spare.set(values);
    return spare;
  }

  /** Hands an array back that nobody reads any more. */
  give(name: string, array: TypedArray): void {
    this.#spare.set(name, array);
  }
}
