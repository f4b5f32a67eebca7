import type { Cursor } from './pickle/cursor.js';
import { describe, isGlobal, isTuple, type Value } from './pickle/values.js';
import { bytesPerElement, type StorageType, storageTypes } from './storages.js';

/** How a pickle names a storage that lies outside of it. */
export interface StorageId {
  readonly type: StorageType;
  readonly key: string;
  /** In bytes. */
  readonly byteLength: number;
  /** The part of the storage that is meant, in bytes; only files of before torch 1.0 have it. */
  readonly part?: { readonly start: number; readonly byteLength: number };
}

/**
 * `('storage', type, key, location, elements)`, and in the old format a sixth: `None`, or `(key, start, elements)` of the
 * part that is meant. The location, such as `cuda:0`, says nothing about the numbers.
 */
export function readStorageId(id: Value, cursor: Cursor): StorageId {
  const [kind, global, key, , elements, part = null] = isTuple(id) ? id.items : [];
  const type = isGlobal(global) ? storageTypes.get(global.name) : undefined;
  if (kind !== 'storage' || type === undefined || typeof key !== 'string') {
    throw cursor.fault(`a reference to ${describe(kind)} ${describe(global)}`, 'a storage');
  }
  const byteLength = wantBytes(elements, type, cursor);
  if (part === null) return { type, key, byteLength };
  const [, start, length] = isTuple(part) ? part.items : [];
  const found = { start: wantBytes(start, type, cursor), byteLength: wantBytes(length, type, cursor) };
  if (found.start + found.byteLength > byteLength) throw cursor.fault('a part beyond the end of its storage');
  return { type, key, byteLength, part: found };
}

function wantBytes(elements: Value | undefined, type: StorageType, cursor: Cursor): number {
  if (typeof elements === 'number' && elements >= 0) {
    const bytes = elements * bytesPerElement[type];
    if (Number.isSafeInteger(bytes)) return bytes;
  }
  throw cursor.fault(`a storage of ${describe(elements)} elements`, 'a whole number');
}
