/** Texts in UTF-8 and bytes, one behind the other. */
export function joinBytes(...parts: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoded = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  const joined = new Uint8Array(encoded.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of encoded) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A whole number of 0 or more in so many bytes, little-endian. */
export function littleEndian(length: number, value: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0, rest = value; at < length; at++, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}
