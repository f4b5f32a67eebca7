/**
 * What a value is, by its tag and not by `instanceof`: a test runner's sandbox (Jest), a frame and a second copy of a
 * package each have classes of their own, and a `Float32Array` of one is no instance of another's.
 */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** Whether it is a `Float32Array` of any realm. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && tagOf(value) === 'Float32Array';
}

/** Whether it is a `Float64Array` of any realm. */
export function isFloat64Array(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && tagOf(value) === 'Float64Array';
}

/** Whether it is a `Uint8Array` (Node's `Buffer` is one) of any realm. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && tagOf(value) === 'Uint8Array';
}

/** Whether it is an `ArrayBuffer` of any realm. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return tagOf(value) === 'ArrayBuffer';
}

/**
 * The bytes of a buffer or a view of any realm, shared memory and Node's `Buffer` too, not copied; `undefined` for
 * anything else.
 */
export function viewBytes(value: unknown): Uint8Array | undefined {
  if (isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isBuffer(value) ? new Uint8Array(value) : undefined;
}

function isView(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value);
}

function isBuffer(value: unknown): value is ArrayBufferLike {
  return ['ArrayBuffer', 'SharedArrayBuffer'].includes(tagOf(value));
}

/** Whether it is a `URL` of any realm. */
export function isUrlObject(value: unknown): value is URL {
  return tagOf(value) === 'URL';
}

/** Whether it is a `Blob`, of which `File` is one kind, of any realm. */
export function isBlob(value: unknown): value is Blob {
  return ['Blob', 'File'].includes(tagOf(value));
}

/** Whether it is a `Map` of any realm. */
export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return tagOf(value) === 'Map';
}

/** Whether it is an `Error` of any realm. */
export function isError(value: unknown): value is Error {
  return ['Error', 'DOMException'].includes(tagOf(value));
}

/** `a Map`, `null`, `a text`: what messages call a value that is not what was wanted. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return 'a text';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const tag = tagOf(value);
  return /^[AEIO]|^Uint(?!\d)/.test(tag) ? `an ${tag}` : `a ${tag}`;
}
