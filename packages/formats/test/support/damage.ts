import { UnsupportedError, WeightsError } from '@strata/core';
import fc from 'fast-check';
import type { StoredTensor } from '../../src/stored-tensor.js';

/** A reader, as far as damage is concerned. */
type Open = (bytes: Uint8Array) => { readonly tensors: ReadonlyMap<string, StoredTensor> };

/** Opens the bytes and reads every tensor. Whether that was done, or refused in the way that it may be; else throws. */
function isOpened(bytes: Uint8Array, open: Open): boolean {
  try {
    for (const tensor of open(bytes).tensors.values()) if (tensor.dtype.includes('float')) tensor.read();
    return true;
  } catch (error) {
    if (error instanceof WeightsError || error instanceof UnsupportedError) return false;
    throw error;
  }
}

/** Cuts the file at every byte. Returns how many of these files were opened. */
export function countOpenedWhenCut(bytes: Uint8Array, open: Open): number {
  let opened = 0;
  for (let length = 0; length < bytes.length; length++) if (isOpened(bytes.subarray(0, length), open)) opened++;
  return opened;
}

/** Overwrites, repeats and takes out bytes at random. Fails for any error but those that a damaged file may give. */
export function damage(bytes: Uint8Array, open: Open, numRuns: number): void {
  const place = fc.nat(bytes.length - 1);
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  const edit = fc.record({ at: place, take: fc.nat(3), put: fc.array(value, { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let file: readonly number[] = [...bytes];
      for (const { at, take, put } of edits) file = [...file.slice(0, at), ...put, ...file.slice(at + take)];
      isOpened(Uint8Array.from(file), open);
    }),
    { numRuns },
  );
}
