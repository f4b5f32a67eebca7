import { countElements, type SymbolicShape, UnsupportedError } from '@strata/core';

/** Characters of an open size's name. It grows where open sizes are joined, with each of them. */
const longestSize = 1000;

/** Throws `UnsupportedError` for a shape that no run can have: files ask for it that are made to be large. */
export function checkSizes(where: string, shape: SymbolicShape): void {
  const sizes = shape.filter((size) => typeof size === 'number');
  const isHuge = countElements(sizes) > Number.MAX_SAFE_INTEGER;
  if (!isHuge && shape.every((size) => typeof size === 'number' || size.length <= longestSize)) return;
  throw new UnsupportedError({ where, got: 'a value of more elements than memory has', want: 'one that fits' });
}
