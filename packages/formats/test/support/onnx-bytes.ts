import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** What a protobuf message holds, by the field numbers of `onnx.proto`: whole numbers, and bytes of all else. */
class Message {
  readonly #numbers = new Map<number, number[]>();
  readonly #parts = new Map<number, Uint8Array[]>();

  constructor(bytes: Uint8Array) {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (type === WireType.Varint) push(this.#numbers, field, Number(reader.int64()));
      else if (type === WireType.LengthDelimited) push(this.#parts, field, reader.bytes());
      else reader.skip(type, field);
    }
  }

  /** Whole numbers, packed or not. */
  numbers(field: number): number[] {
    const packed = this.#all(field).flatMap((bytes) => {
      const reader = new BinaryReader(bytes);
      const values: number[] = [];
      while (reader.pos < reader.len) values.push(Number(reader.int64()));
      return values;
    });
    return [...(this.#numbers.get(field) ?? []), ...packed];
  }

  bytes(field: number): Uint8Array {
    return this.#all(field).at(-1) ?? new Uint8Array();
  }

  texts(field: number): string[] {
    return this.#all(field).map((bytes) => new TextDecoder().decode(bytes));
  }

  text(field: number): string {
    return this.texts(field).join();
  }

  messages(field: number): Message[] {
    return this.#all(field).map((bytes) => new Message(bytes));
  }

  message(field: number): Message {
    return new Message(this.bytes(field));
  }

  #all(field: number): readonly Uint8Array[] {
    return this.#parts.get(field) ?? [];
  }
}

function push<T>(all: Map<number, T[]>, field: number, value: T): void {
  all.set(field, [...(all.get(field) ?? []), value]);
}

/** What the bytes of an ONNX model say, as far as tests ask. */
export function readModel(bytes: Uint8Array) {
  const graph = new Message(bytes).message(7);
  return {
    nodes: graph.messages(1).map((node) => ({
      inputs: node.texts(1),
      outputs: node.texts(2),
      name: node.text(3),
      op: node.text(4),
    })),
    constants: graph.messages(5).map((constant) => ({
      name: constant.text(8),
      shape: constant.numbers(1),
      raw: constant.bytes(9),
      external: Object.fromEntries(constant.messages(13).map((entry) => [entry.text(1), entry.text(2)])),
    })),
    inputs: graph.messages(11).map((input) => ({
      name: input.text(1),
      /** Names of open sizes. */
      sizes: input
        .message(2)
        .message(1)
        .message(2)
        .messages(1)
        .flatMap((dim) => dim.texts(2)),
    })),
    outputs: graph.messages(12).map((output) => output.text(1)),
  };
}
