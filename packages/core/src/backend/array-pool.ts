import { isFloat32Array } from '../tags.js';
import type { TypedArray } from '../tensor/tensor.js';

/**
 * Keeps one array for each name to copy into: for a picture, allocating fresh memory takes ten times as long as
 * copying.
 */
export class ArrayPool {
  readonly #spare = new Map<string, TypedArray>();

  /** The values as float32, in the spare array of that name where it has their length. Not reused before `give`. */
  copy(name: string, values: TypedArray): Float32Array {
    const spare = this.#spare.get(name);
    this.#spare.delete(name);
    if (!isFloat32Array(spare) || spare.length !== values.length) return new Float32Array(values);
    spare.set(values);
    return spare;
  }

  /** Takes back an array that nobody reads any more. */
  give(name: string, array: TypedArray): void {
    this.#spare.set(name, array);
  }
}
