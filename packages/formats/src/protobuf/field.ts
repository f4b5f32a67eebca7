import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { WeightsError } from '@strata/core';
import { readVarint, shortVarint } from './varint.js';

/** Where a field's value lies in its message. */
interface Span {
  readonly message: Uint8Array;
  readonly number: number;
  readonly wire: WireType;
  readonly start: number;
  readonly end: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a field needs of its file: a count of what is kept, and errors that name the file. */
interface FieldFile {
  charge(units: number): void;
  damaged(what: string, got: string, want?: string): WeightsError;
}

/** One field of a message. It is decoded by the method that is called, which must fit how the field is stored. */
export class Field {
  readonly number: number;
  readonly #file: FieldFile;
  readonly #what: string;
  readonly #span: Span;

  /** For `ProtobufFile.visit`. */
  constructor(file: FieldFile, what: string, span: Span) {
    this.number = span.number;
    this.#file = file;
    this.#what = what;
    this.#span = span;
  }

  /** The bytes of a text, a message, bytes or packed numbers: a view of the file. */
  bytes(): Uint8Array {
    this.#require(WireType.LengthDelimited, 'a text or message');
    return this.#bytes();
  }

  /** A text, which is UTF-8. */
  text(): string {
    const bytes = this.bytes();
    this.#file.charge(1);
    try {
      // A copy: browsers do not decode shared memory.
      return decoder.decode(bytes.slice());
    } catch {
      throw this.#file.damaged(this.#what, `bytes that are not UTF-8 in field ${this.number}`, 'a text');
    }
  }

  /** A whole number. Beyond 2⁵³ it is rounded to the nearest that JavaScript has. */
  whole(): number {
    this.#require(WireType.Varint, 'a whole number');
    const { message, start } = this.#span;
    return shortVarint(message, start) ?? Number(this.#reader().int64());
  }

  /** A float32 number. */
  float(): number {
    this.#require(WireType.Bit32, 'a float32 number');
    return this.#reader().float();
  }

  /** Whole numbers of a repeated field, packed or one. */
  wholes(): readonly number[] {
    return this.#numbers(WireType.Varint, 'whole numbers', readVarint);
  }

  /** Float32 numbers of a repeated field, packed or one. */
  floats(): readonly number[] {
    return this.#numbers(WireType.Bit32, 'float32 numbers', (reader) => reader.float());
  }

  /** The bytes of its number or numbers of that wire type, packed or one: a view of the file. */
  packed(wire: WireType, want: string): Uint8Array {
    if (this.#span.wire !== WireType.LengthDelimited) this.#require(wire, want);
    return this.#bytes();
  }

  #numbers(wire: WireType, what: string, read: (reader: BinaryReader, bytes: Uint8Array) => number): readonly number[] {
    if (wire === WireType.Varint && this.#span.wire === wire) {
      this.#file.charge(1);
      return [this.whole()];
    }
    const bytes = this.packed(wire, what);
    const reader = new BinaryReader(bytes);
    const values: number[] = [];
    while (reader.pos < bytes.length) {
      this.#file.charge(1);
      values.push(read(reader, bytes));
    }
    return values;
  }

  #reader(): BinaryReader {
    return new BinaryReader(this.#bytes());
  }

  #bytes(): Uint8Array {
    const { message, start, end } = this.#span;
    return message.subarray(start, end);
  }

  #require(wire: WireType, want: string): void {
    if (this.#span.wire === wire) return;
    throw this.#file.damaged(this.#what, `field ${this.number} stored in another way`, want);
  }
}
