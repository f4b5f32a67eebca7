/** Bytes of one element of each type that a safetensors file may hold. */
const bytesPerElement = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
  C64: 8,
} as const;

/** An element type, as the file's header spells it. */
export type SafetensorsDType = keyof typeof bytesPerElement;

/** The types that can be written, and decoded to float32. */
export type FloatDType = Extract<SafetensorsDType, 'F32' | 'F16' | 'BF16'>;

export const safetensorsDTypes = Object.keys(bytesPerElement).filter(isSafetensorsDType);

export function isSafetensorsDType(text: unknown): text is SafetensorsDType {
  return typeof text === 'string' && Object.hasOwn(bytesPerElement, text);
}

export function bytesOf(dtype: SafetensorsDType): number {
  return bytesPerElement[dtype];
}
