import { WeightsError } from '@strata/core';
import { Cursor } from './pickle/cursor.js';
import { describe, isDict, isList, type Value } from './pickle/values.js';
import { refuseBigEndian } from './refusals.js';
import type { StorageId } from './storage-id.js';
import { bytesPerElement, type Storage, type StorageType } from './storages.js';
import { unpickle } from './unpickle.js';

/** The only protocol that the format ever had. */
const protocolOfTorch = 1001;

/**
 * What the third pickle but one of an old checkpoint makes. The file is a stream: five pickles (a number to know it by, the
 * protocol, what machine wrote it, the object, the keys of its storages), then for each key the number of elements in
 * 64 bits, and the elements.
 */
export function readLegacy(bytes: Uint8Array, where: string): Value {
  const cursor = new Cursor(bytes, 0, where);
  const storages = new Map<string, LegacyStorage>();
  const load = (id: StorageId) => findStorage(storages, id, cursor);
  const next = () => unpickle(cursor, load, { where, fileBytes: bytes.length });
  next();
  const protocol = next();
  if (protocol !== protocolOfTorch) throw cursor.fault(`protocol ${describe(protocol)}`, `${protocolOfTorch}`);
  const machine = next();
  const little = isDict(machine) ? machine.entries.get('little_endian') : undefined;
  refuseBigEndian(little === false ? 'big' : 'little', where);
  const made = next();
  const keys = next();
  if (!isList(keys)) throw cursor.fault(`${describe(keys)} as the list of storages`, 'a list');
  for (const key of keys.items) placeStorage(typeof key === 'string' ? storages.get(key) : undefined, key, cursor);
  for (const { type, bytes: data } of storages.values()) {
    if (data === undefined)
      throw new WeightsError({ where, got: `no data for a storage of ${type}`, want: 'all of them' });
  }
  return made;
}

/** A storage whose data come behind the pickle that names it. */
interface LegacyStorage {
  readonly type: StorageType;
  readonly byteLength: number;
  bytes: Uint8Array | undefined;
}

function findStorage(storages: Map<string, LegacyStorage>, id: StorageId, cursor: Cursor): Storage {
  const { type, key, byteLength, part = { start: 0, byteLength } } = id;
  const known = storages.get(key) ?? { type, byteLength, bytes: undefined };
  if (known.type !== type || known.byteLength !== byteLength)
    throw cursor.fault(`two sizes of storage ${describe(key)}`);
  storages.set(key, known);
  return {
    type,
    byteLength: part.byteLength,
    read: () => (known.bytes ?? new Uint8Array(0)).subarray(part.start, part.start + part.byteLength),
  };
}

function placeStorage(storage: LegacyStorage | undefined, key: Value, cursor: Cursor): void {
  // Without its type it is not known how long it is.
  if (storage === undefined) throw cursor.fault(`storage ${describe(key)}, which no tensor has`);
  const byteLength = cursor.uint64() * bytesPerElement[storage.type];
  if (byteLength !== storage.byteLength) {
    throw cursor.fault(`${byteLength} bytes for storage ${describe(key)}`, `${storage.byteLength}`);
  }
  storage.bytes = cursor.take(byteLength);
}
