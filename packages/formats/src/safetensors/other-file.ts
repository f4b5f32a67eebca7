import { identify } from '../identify/index.js';
import { otherFileError } from '../other-weights.js';

/**
 * Throws `WeightsError` that says what a file is and what to do, if it is of another format. Damaged safetensors, and
 * what nobody knows but may be such, are left to the reader.
 */
export function refuseOtherFile(bytes: Uint8Array, where: string): void {
  const found = identify(bytes);
  if (found.format === 'safetensors' || (found.format === 'unknown' && mayBeSafetensors(bytes))) return;
  throw otherFileError(found, where, 'safetensors');
}

/** Whether the header could be meant: its length is possible, it begins as one, or the file ends before it. */
function mayBeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length < 8 || bytes[8] === 0x7b || bytes.subarray(4, 8).every((byte) => byte === 0);
}
