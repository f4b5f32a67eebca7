import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** A blob, and how it is written. */
export interface WrittenBlob {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** As num, channels, height and width, with ones before the shape; else as `BlobShape`. */
  readonly legacy: boolean;
  readonly double: boolean;
  readonly packed: boolean;
}

/** A layer, and how it is written. */
export interface WrittenLayer {
  readonly name: string;
  readonly type: string;
  /** The number of its type in V1. */
  readonly number: number;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  readonly blobs: readonly WrittenBlob[];
}

/** The bytes of a `.caffemodel` of today's format or of V1, as Caffe orders its fields. */
export function caffeOf(name: string, layers: readonly WrittenLayer[], format: 'current' | 'v1'): Uint8Array {
  const net = new BinaryWriter();
  if (name !== '') text(net, 1, name);
  for (const layer of layers) bytes(net, format === 'v1' ? 2 : 100, layerOf(layer, format));
  return net.finish();
}

function layerOf({ name, type, number, bottoms, tops, blobs }: WrittenLayer, format: 'current' | 'v1'): Uint8Array {
  const layer = new BinaryWriter();
  if (format === 'current') {
    text(layer, 1, name);
    text(layer, 2, type);
  }
  for (const bottom of bottoms) text(layer, format === 'v1' ? 2 : 3, bottom);
  for (const top of tops) text(layer, format === 'v1' ? 3 : 4, top);
  if (format === 'v1') {
    text(layer, 4, name);
    layer.tag(5, WireType.Varint).int32(number);
  }
  for (const blob of blobs) bytes(layer, format === 'v1' ? 6 : 7, blobOf(blob));
  // Parameters of a layer, which are passed over.
  bytes(layer, format === 'v1' ? 10 : 106, Uint8Array.of(0x08, 4, 0x10, 1));
  return layer.finish();
}

function blobOf({ shape, values, legacy, double, packed }: WrittenBlob): Uint8Array {
  const blob = new BinaryWriter();
  if (legacy) {
    const sizes = [...new Array<number>(4 - shape.length).fill(1), ...shape];
    for (const [place, size] of sizes.entries()) blob.tag(place + 1, WireType.Varint).int32(size);
  }
  if (!double) numbers(blob, 5, packed, values, (writer, value) => writer.float(value), WireType.Bit32);
  // What training leaves there.
  if (packed) numbers(blob, 6, true, values, (writer, value) => writer.float(value), WireType.Bit32);
  if (!legacy) {
    const sizes = new BinaryWriter();
    numbers(sizes, 1, packed, shape, (writer, value) => writer.int64(value), WireType.Varint);
    bytes(blob, 7, sizes.finish());
  }
  if (double) numbers(blob, 8, packed, values, (writer, value) => writer.double(value), WireType.Bit64);
  return blob.finish();
}

function numbers(
  writer: BinaryWriter,
  field: number,
  packed: boolean,
  values: readonly number[],
  write: (writer: BinaryWriter, value: number) => void,
  wire: WireType,
): void {
  if (packed) {
    writer.tag(field, WireType.LengthDelimited).fork();
    for (const value of values) write(writer, value);
    writer.join();
    return;
  }
  for (const value of values) write(writer.tag(field, wire), value);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function bytes(writer: BinaryWriter, field: number, value: Uint8Array): void {
  writer.tag(field, WireType.LengthDelimited).bytes(value);
}
