import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { StrataError, WeightsError } from '@strata/core';
import { Field } from './field.js';
import { varintLength } from './varint.js';

/** What may be kept of one file: a text or number is one unit. A network of ten thousand nodes takes some 200,000. */
const mostUnits = 1_000_000;

/**
 * A protobuf file that is read field by field: no message is decoded as a whole, so that what is never asked for costs
 * nothing, and a file cannot ask for more memory than its bytes and `mostUnits` warrant. Every fault is a `WeightsError`.
 */
export class ProtobufFile {
  #units = mostUnits;

  /** `where` names the file in messages. */
  constructor(
    readonly bytes: Uint8Array,
    readonly where: string,
  ) {}

  /** Gives the fields of a message of this file to `take`, in their order. `what` names the message in errors. */
  visit(message: Uint8Array, what: string, take: (field: Field) => void): void {
    const reader = new BinaryReader(message);
    let start = 0;
    try {
      while (reader.pos < message.length) {
        start = reader.pos;
        take(this.#next(reader, message, what));
      }
    } catch (cause) {
      if (cause instanceof StrataError) throw cause;
      const reason = cause instanceof Error ? cause.message : 'unreadable';
      throw this.damaged(
        what,
        `bytes that are no protobuf message (${reason}) in the field ${this.#place(message, start)}`,
      );
    }
  }

  /** Takes so many units from what may be kept. `WeightsError` when they are used up. */
  charge(units: number): void {
    this.#units -= units;
    if (this.#units >= 0) return;
    throw new WeightsError({
      where: this.where,
      got: 'more parts than any network has',
      want: `at most ${mostUnits} names and numbers beside the weights`,
    });
  }

  /** The error for what cannot be meant. */
  damaged(what: string, got: string, want?: string): WeightsError {
    return new WeightsError({
      where: `${this.where}: ${what}`,
      got,
      ...(want === undefined ? {} : { want }),
      hint: 'the file is damaged',
    });
  }

  #next(reader: BinaryReader, message: Uint8Array, what: string): Field {
    const at = reader.pos;
    const [number, wire] = reader.tag();
    if (wire === WireType.LengthDelimited) {
      const length = reader.uint32();
      const rest = message.length - reader.pos;
      if (length > rest) throw this.#cut(message, what, at, length, rest);
      const start = reader.pos;
      reader.pos += length;
      return new Field(this, what, { message, number, wire, start, end: reader.pos });
    }
    if (wire === WireType.StartGroup || wire === WireType.EndGroup) {
      throw this.damaged(what, `a group ${this.#place(message, at)}`, 'fields without groups');
    }
    const start = reader.pos;
    reader.pos += wire === WireType.Varint ? varintLength(message, start) : wire === WireType.Bit32 ? 4 : 8;
    if (reader.pos > message.length) throw this.damaged(what, `no end of the number ${this.#place(message, at)}`);
    return new Field(this, what, { message, number, wire, start, end: reader.pos });
  }

  #cut(message: Uint8Array, what: string, at: number, length: number, rest: number): WeightsError {
    const got = `a part of ${length} bytes ${this.#place(message, at)}`;
    if (message !== this.bytes) return this.damaged(what, got, `at most ${rest}`);
    const hint = 'the file is cut short: get it again';
    return new WeightsError({ where: `${this.where}: ${what}`, got, want: `at most the ${rest} that are left`, hint });
  }

  #place(message: Uint8Array, at: number): string {
    return `at byte ${message.byteOffset - this.bytes.byteOffset + at}`;
  }
}
