import type { ElementType } from '../stored-tensor.js';

/** The type of a storage's elements; `'untyped'` for bytes of which each tensor says its own. */
export type StorageType = ElementType | 'untyped';

/** Numbers one after the other, of which tensors are views. */
export interface Storage {
  readonly type: StorageType;
  /** Of its numbers, in bytes. The file has been found to hold as many. */
  readonly byteLength: number;
  /** All its bytes, unpacked if they are packed. */
  read(): Uint8Array;
}

/** The bytes of one element. */
export const bytesPerElement: Readonly<Record<StorageType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float8_e4m3fn: 1,
  float8_e5m2: 1,
  float8_e8m0fnu: 1,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
  complex128: 16,
  untyped: 1,
};

const typed: readonly (readonly [name: string, type: ElementType])[] = [
  ['DoubleStorage', 'float64'],
  ['FloatStorage', 'float32'],
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['LongStorage', 'int64'],
  ['IntStorage', 'int32'],
  ['ShortStorage', 'int16'],
  ['CharStorage', 'int8'],
  ['ByteStorage', 'uint8'],
  ['BoolStorage', 'bool'],
  ['ComplexFloatStorage', 'complex64'],
  ['ComplexDoubleStorage', 'complex128'],
];

/** torch's classes of storages, by their dotted names. */
export const storageTypes: ReadonlyMap<string, StorageType> = new Map<string, StorageType>([
  ...typed.flatMap(([name, type]): [string, StorageType][] => [
    [`torch.${name}`, type],
    [`torch.cuda.${name}`, type],
  ]),
  ['torch.storage.UntypedStorage', 'untyped'],
  ['torch.UntypedStorage', 'untyped'],
]);

/** torch's types of elements, by their dotted names. */
export const elementTypesOfTorch: ReadonlyMap<string, ElementType> = new Map([
  ...Object.keys(bytesPerElement)
    .filter(isElementType)
    .map((type): [string, ElementType] => [`torch.${type}`, type]),
]);

function isElementType(name: string): name is ElementType {
  return name !== 'untyped';
}
