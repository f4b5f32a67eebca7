import { listEntries, nameAt } from '../zip/entries.js';
import { latin1, viewOf } from './bytes.js';
import { type FileFormat, type Identity, identityOf } from './formats.js';

/** At most so many entries are looked at: a checkpoint of today has some thousand, and its kind shows in the first. */
const mostEntries = 10_000;

/** A zip archive and what it holds. Sizes and places in it are claims: each is checked before it is followed. */
export function findZip(bytes: Uint8Array): Identity | undefined {
  const start = latin1(bytes, 0, 4);
  if (start !== 'PK\x03\x04' && start !== 'PK\x05\x06') return undefined;
  const listed = listEntries(bytes, mostEntries)?.map(({ name }) => name);
  // Without its end there is no list; the first entry's name stands at the start.
  const entries = listed ?? firstEntry(bytes);
  return identityOf(kindOf(entries), { files: entries.slice(0, 3), isCut: listed === undefined });
}

function kindOf(entries: readonly string[]): FileFormat {
  // torch puts everything into one folder, of any name.
  const inner = new Set(entries.map((entry) => entry.slice(entry.indexOf('/') + 1)));
  if (inner.has('archive_format') || inner.has('serialized_exported_program.json')) return 'exported-program';
  if (inner.has('constants.pkl')) return 'torchscript';
  if (inner.has('data.pkl')) return 'pytorch-zip';
  if (entries.includes('config.json') && entries.includes('model.weights.h5')) return 'keras-zip';
  if (entries.length > 0 && entries.every((entry) => entry.endsWith('.npy'))) return 'npz';
  return 'zip';
}

function firstEntry(bytes: Uint8Array): string[] {
  if (bytes.length < 30) return [];
  const name = nameAt(bytes, 30, viewOf(bytes).getUint16(26, true));
  return name === '' ? [] : [name];
}
