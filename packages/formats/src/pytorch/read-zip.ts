import { WeightsError } from '@strata/core';
import { quoteName } from '../quote-name.js';
import { listEntries, type ZipEntry } from '../zip/entries.js';
import { checkEntry, unpackEntry } from '../zip/unpack.js';
import { Cursor } from './pickle/cursor.js';
import type { Value } from './pickle/values.js';
import { refuseBigEndian, wrongSize } from './refusals.js';
import type { StorageId } from './storage-id.js';
import type { Storage } from './storages.js';
import { unpickle } from './unpickle.js';

/** More than any checkpoint has. */
const mostEntries = 200_000;

const damaged = 'the file is damaged: get it again';

/**
 * What a zip checkpoint's pickle makes: one folder with `data.pkl`, `byteorder` since torch 2.1, and `data/KEY` for each
 * storage. Storages stay where they are until they are read.
 */
export function readZip(bytes: Uint8Array, where: string): Value {
  const entries = indexEntries(bytes, where);
  const pickle = findPickle(entries, where);
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order !== undefined) refuseBigEndian(decodeOrder(bytes, order, where), where);
  const storages = new ZipStorages(bytes, (key) => entries.get(`${folder}data/${key}`), where);
  const cursor = new Cursor(unpackEntry(bytes, pickle, where), 0, `${where}: data.pkl`);
  return unpickle(cursor, (id) => storages.find(id), { where, fileBytes: bytes.length });
}

function indexEntries(bytes: Uint8Array, where: string): ReadonlyMap<string, ZipEntry> {
  const listed = listEntries(bytes, mostEntries) ?? [];
  if (listed.length === mostEntries) {
    throw new WeightsError({ where, got: `a zip archive of ${mostEntries} entries or more`, want: 'fewer' });
  }
  const entries = new Map<string, ZipEntry>();
  for (const entry of listed) {
    if (entries.has(entry.name)) {
      throw new WeightsError({ where, got: `entry ${quoteName(entry.name)} twice`, want: 'once', hint: damaged });
    }
    entries.set(entry.name, entry);
  }
  return entries;
}

function findPickle(entries: ReadonlyMap<string, ZipEntry>, where: string): ZipEntry {
  const found = [...entries.values()].filter(({ name }) => /^([^/]*\/)?data\.pkl$/.test(name));
  if (found.length === 1) return found[0];
  throw new WeightsError({ where, got: `${found.length} entries data.pkl`, want: 'one', hint: damaged });
}

function decodeOrder(bytes: Uint8Array, entry: ZipEntry, where: string): string {
  const order = entry.bytes > 20 ? 'other' : new TextDecoder().decode(unpackEntry(bytes, entry, where).slice());
  return order.trim();
}

/** The storages of an archive, checked when they are named and unpacked when they are read. */
class ZipStorages {
  readonly #archive: Uint8Array;
  readonly #entryOf: (key: string) => ZipEntry | undefined;
  readonly #where: string;
  readonly #storages = new Map<string, Storage>();
  /** The last one that was unpacked: hundreds of tensors may be views of one. */
  #last: { readonly entry: ZipEntry; readonly bytes: Uint8Array } | undefined;

  constructor(archive: Uint8Array, entryOf: (key: string) => ZipEntry | undefined, where: string) {
    this.#archive = archive;
    this.#entryOf = entryOf;
    this.#where = where;
  }

  find({ type, key, byteLength }: StorageId): Storage {
    const known = this.#storages.get(`${type} ${key}`);
    if (known?.byteLength === byteLength) return known;
    const entry = this.#entryOf(key);
    if (entry === undefined) {
      const got = `no entry data/${quoteName(key).slice(1, -1)}`;
      throw new WeightsError({ where: this.#where, got, want: `one of ${byteLength} bytes`, hint: damaged });
    }
    checkEntry(this.#archive, entry, this.#where);
    if (entry.bytes !== byteLength) throw wrongSize(entry.name, entry.bytes, byteLength, this.#where);
    const storage = { type, byteLength, read: () => this.#read(entry) };
    this.#storages.set(`${type} ${key}`, storage);
    return storage;
  }

  #read(entry: ZipEntry): Uint8Array {
    if (entry.method === 0) return unpackEntry(this.#archive, entry, this.#where);
    if (this.#last?.entry !== entry) {
      this.#last = undefined;
      this.#last = { entry, bytes: unpackEntry(this.#archive, entry, this.#where) };
    }
    return this.#last.bytes;
  }
}
