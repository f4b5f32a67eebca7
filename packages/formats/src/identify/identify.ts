import { type Identity, identityOf } from './formats.js';
import { findHdf5 } from './hdf5.js';
import { findIdx, findSafetensors } from './numbers.js';
import { findPickle } from './pickles.js';
import { findProtobuf } from './protobuf.js';
import { findSignature } from './signatures.js';
import { findTar } from './tar.js';
import { findText } from './text.js';
import { findZip } from './zip.js';

/** A start of nothing but zeros for so many bytes is no file, but room that a download has not filled. */
const zerosLookedAt = 512;

/**
 * What a file is, by its first bytes; of zip archives by the names in them, of JSON by its first keys. Any bytes are
 * taken: whatever the file says about itself is checked before it is followed, nothing is unpacked or decoded, and at
 * most some hundred kilobytes are read, however long the file is. That it begins like a format does not say that the
 * rest of it is right.
 */
export function identify(bytes: Uint8Array): Identity {
  if (bytes.length === 0) return identityOf('empty');
  const format = findSignature(bytes) ?? findHdf5(bytes) ?? findPickle(bytes);
  if (format !== undefined) return identityOf(format);
  const found =
    findSafetensors(bytes) ??
    findZip(bytes) ??
    findTar(bytes) ??
    findText(bytes) ??
    findIdx(bytes) ??
    findProtobuf(bytes);
  if (found !== undefined) return found;
  if (bytes.length >= zerosLookedAt && bytes.subarray(0, zerosLookedAt).every((byte) => byte === 0)) {
    return identityOf('zeros');
  }
  return identityOf('unknown', { name: `a file of an unknown kind that begins ${hex(bytes.subarray(0, 8))}` });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
