import { latin1 } from './bytes.js';
import { type Identity, identityOf } from './formats.js';

const blockBytes = 512;

/** Entries that only describe the next one, which are passed over. */
const mostDescriptions = 4;

/** A tar archive, by its first entry; torch wrote such ones before it had a format of its own. */
export function findTar(bytes: Uint8Array): Identity | undefined {
  if (latin1(bytes, 257, 262) !== 'ustar') return undefined;
  const first = firstName(bytes);
  if (first !== undefined && /^(\.\/)?(sys_info|pickle|storages|tensors)$/.test(first))
    return identityOf('pytorch-tar');
  return identityOf('tar', { files: first === undefined ? [] : [first] });
}

/** The name of the first file; `undefined` where it is too far behind what describes it. */
function firstName(bytes: Uint8Array): string | undefined {
  let at = 0;
  for (let seen = 0; seen <= mostDescriptions && at + blockBytes <= bytes.length; seen++) {
    const [name] = latin1(bytes, at, at + 100).split('\0');
    // Of pax: for one file, or for all; of GNU: a long name, a long link.
    if (!/[xgLK]/.test(latin1(bytes, at + 156, at + 157))) return name === '' ? undefined : name;
    const size = Number.parseInt(latin1(bytes, at + 124, at + 135), 8);
    if (!(size >= 0)) return undefined;
    at += blockBytes * (1 + Math.ceil(size / blockBytes));
  }
  return undefined;
}
