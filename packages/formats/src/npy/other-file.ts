import { InputError } from '@strata/core';
import { type Identity, identify, isPictureFormat, isWeightsFormat, wayOut } from '../identify/index.js';

/** Throws `InputError` that says what a file is and what to do, if it is no `.npy` file. */
export function refuseOtherFile(bytes: Uint8Array, where: string): void {
  const found = identify(bytes);
  if (found.format === 'npy') return;
  const isKnown = found.format !== 'unknown';
  throw new InputError({
    where,
    got: isKnown ? found.name : 'not a .npy file',
    want: isKnown ? 'a .npy file' : 'one that starts with \\x93NUMPY',
    hint: hintFor(found),
  });
}

function hintFor(found: Identity): string {
  if (found.isCut) return wayOut(found) ?? 'the file is cut short';
  if (isPictureFormat(found.format)) return '`strata classify` takes pictures';
  if (isWeightsFormat(found.format)) return '--weights takes weights';
  return wayOut(found) ?? "write it with numpy.save('x.npy', array)";
}
