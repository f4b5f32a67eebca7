import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Field } from './field.js';
import type { ProtobufFile } from './file.js';
import { readVarint } from './varint.js';

/** How a repeated field stores its numbers: in 4 bytes, in 8, or in as many as each takes. */
export type Storage = 'fixed32' | 'fixed64' | 'varint';

const wires: Readonly<Record<Storage, WireType>> = {
  fixed32: WireType.Bit32,
  fixed64: WireType.Bit64,
  varint: WireType.Varint,
};

/** Where a repeated field of numbers lies. */
interface Place {
  readonly message: Uint8Array;
  /** What errors call the message. */
  readonly what: string;
  readonly number: number;
  readonly storage: Storage;
}

/** The numbers of one repeated field of a message, in one run or many, which are counted now and decoded later. */
export class Elements {
  readonly #file: ProtobufFile;
  readonly #place: Place;
  #count = 0;
  #byteLength = 0;
  #runs = 0;
  #first: Uint8Array = new Uint8Array(0);

  constructor(file: ProtobufFile, place: Place) {
    this.#file = file;
    this.#place = place;
  }

  /** How many numbers there are. */
  get count(): number {
    return this.#count;
  }

  /** What they take in the file, in bytes. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** Takes in what one field holds, if it is one of these. */
  add(field: Field): void {
    const { number } = this.#place;
    if (field.number !== number) return;
    const run = this.#runOf(field);
    this.#count += this.#countIn(run);
    this.#byteLength += run.length;
    if (this.#runs === 0) this.#first = run;
    this.#runs++;
  }

  /** Their bytes as packed numbers: a view of the file where it holds them in one run. */
  bytes(): Uint8Array {
    if (this.#runs <= 1) return this.#first;
    const { message, what, number } = this.#place;
    const all = new Uint8Array(this.#byteLength);
    let at = 0;
    this.#file.visit(message, what, (field) => {
      if (field.number !== number) return;
      const run = this.#runOf(field);
      all.set(run, at);
      at += run.length;
    });
    return all;
  }

  /** Gives each number, a varint, to `take`: as it is, rounded beyond 2⁵³. */
  each(take: (value: number, index: number) => void): void {
    const bytes = this.bytes();
    const reader = new BinaryReader(bytes);
    try {
      for (let index = 0; index < this.#count; index++) take(readVarint(reader, bytes), index);
    } catch {
      throw this.#file.damaged(this.#place.what, `a number of more than 64 bits in field ${this.#place.number}`);
    }
  }

  #runOf(field: Field): Uint8Array {
    return field.packed(wires[this.#place.storage], 'numbers');
  }

  #countIn(run: Uint8Array): number {
    const { storage, what, number } = this.#place;
    if (storage === 'varint') return this.#countVarints(run);
    const count = run.length / (storage === 'fixed32' ? 4 : 8);
    if (Number.isInteger(count)) return count;
    throw this.#file.damaged(what, `${run.length} bytes of numbers in field ${number}`, 'whole numbers of elements');
  }

  #countVarints(run: Uint8Array): number {
    let count = 0;
    for (let at = 0; at < run.length; at++) if (run[at] < 0x80) count++;
    if (run.length === 0 || run[run.length - 1] < 0x80) return count;
    throw this.#file.damaged(this.#place.what, `field ${this.#place.number} that ends within a number`);
  }
}
