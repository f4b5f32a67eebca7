import { WeightsError } from '@strata/core';
import { viewOf } from '../../identify/bytes.js';

/** More than any name of a class has. */
const longestLine = 1000;

/** Bytes that are read from the front. Whatever a length claims, nothing behind the end is read: `WeightsError`. */
export class Cursor {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #where: string;

  constructor(bytes: Uint8Array, start: number, where: string) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.at = start;
    this.#where = where;
  }

  /** An error at the place that was reached. */
  fault(got: string, want?: string, hint = 'the file is damaged, or not a PyTorch checkpoint'): WeightsError {
    return new WeightsError({
      where: `${this.#where}: byte ${this.at}`,
      got,
      ...(want === undefined ? {} : { want }),
      hint,
    });
  }

  take(count: number): Uint8Array {
    const start = this.#step(count);
    return this.#bytes.subarray(start, start + count);
  }

  uint8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  /** Rounded to a float64, which only lengths that are false notice. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** Big-endian, as Python's pickles have it. */
  float64(): number {
    return this.#view.getFloat64(this.#step(8));
  }

  text(count: number): string {
    try {
      // A copy: browsers do not decode shared memory.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(count).slice());
    } catch (thrown) {
      if (thrown instanceof WeightsError) throw thrown;
      throw this.fault('a text that is not UTF-8');
    }
  }

  /** A text that ends with a line break. */
  line(): string {
    const end = this.#bytes.subarray(this.at, this.at + longestLine).indexOf(0x0a);
    if (end === -1) throw this.fault(`a name without end in ${longestLine} bytes`);
    const text = this.text(end);
    this.at++;
    return text;
  }

  #step(count: number): number {
    const start = this.at;
    if (count > this.#bytes.length - start) {
      throw this.fault(
        `${this.#bytes.length - start} bytes`,
        `${count}`,
        'the file is cut short or damaged: get it again',
      );
    }
    this.at += count;
    return start;
  }
}
