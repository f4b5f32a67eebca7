/**
 * Values that users of plain JavaScript give where tensors, bytes or records of them are wanted, and what messages call
 * each. Some are right in some places: bytes in a `DataView` are bytes.
 */
export const oddValues: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 7],
  ['a boolean', true],
  ['a bigint', 7n],
  ['a symbol', Symbol('x')],
  ['a function', () => ({})],
  ['a text', 'text'],
  ['an Array', [1, 2, 3]],
  ['a Map', new Map([['x', 1]])],
  ['a Set', new Set([1])],
  ['a Promise', Promise.resolve()],
  ['a Date', new Date(0)],
  ['a Float64Array', new Float64Array(4)],
  ['an Int16Array', new Int16Array(4)],
  ['a Uint8Array', new Uint8Array(4)],
  ['a DataView', new DataView(new ArrayBuffer(4))],
  ['an ArrayBuffer', new ArrayBuffer(4)],
  ['a SharedArrayBuffer', new SharedArrayBuffer(4)],
];

/** The value under a type that it does not have, as a program in plain JavaScript gives it. */
export function untyped(value: unknown): never {
  const box: { readonly value: never } = JSON.parse('{}');
  Object.assign(box, { value });
  return box.value;
}
