import { InputError } from '@strata/core';
import { mostPixels } from '../preprocess/shrink.js';

/** `InputError` for a picture of more pixels than are taken. `kind` is for formats whose decoders hold all of a picture. */
export function checkSize(
  { width, height }: { readonly width: number; readonly height: number },
  where: string,
  { most, kind }: { readonly most: number; readonly kind?: string } = { most: mostPixels },
): void {
  if (width * height <= most) return;
  throw new InputError({
    where,
    got: `${count(width)}×${count(height)} = ${count(width * height)} pixels`,
    want: `at most ${count(most)}${kind === undefined ? '' : ` of ${kind}, whose decoder holds all of it at once`}`,
    hint: 'make it smaller first',
  });
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
