/** How many arguments every engine takes. */
const mostAtOnce = 4096;

/**
 * The bytes from `start` to `end`, or to the file's end, as a text of one character each. `TextDecoder` has no such
 * encoding: its `latin1` is Windows', in which 0x93 is a quotation mark.
 */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += mostAtOnce) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + mostAtOnce, end)));
  }
  return text;
}

/** Where a pattern of bytes lies in `bytes`; -1 where it does not. */
export function indexOfBytes(bytes: Uint8Array, pattern: Uint8Array): number {
  for (let at = 0; at + pattern.length <= bytes.length; at++) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
