import type { Shape } from '@strata/core';
import { UsageError } from './usage-error.js';

/** A parser for commander: the option's value, or `UsageError` that names the option. */
export type WordParser<T> = (word: string) => T;

/** Whole numbers from 1 up. */
export function parseCount(option: string): WordParser<number> {
  return (word) => {
    const count = Number(word);
    if (/^\d+$/.test(word) && Number.isSafeInteger(count) && count >= 1) return count;
    throw new UsageError({ where: option, got: `'${word}'`, want: 'a whole number of at least 1' });
  };
}

/** Names with commas between them. */
export function parseNames(option: string): WordParser<readonly string[]> {
  return (word) => {
    const names = word.split(',').map((name) => name.trim());
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (!names.includes('') && twice === undefined) return names;
    const got = twice === undefined ? `'${word}'` : `'${twice}' twice`;
    throw new UsageError({ where: option, got, want: 'different names with commas between, such as pool5,fc' });
  };
}

/** [channels, height, width] as `C,H,W`. */
export function parsePictureShape(option: string): WordParser<Shape> {
  return (word) => {
    const sizes = word.split(',').map((size) => (/^\d+$/.test(size.trim()) ? Number(size) : 0));
    if (sizes.length === 3 && sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) return sizes;
    throw new UsageError({
      where: option,
      got: `'${word}'`,
      want: 'C,H,W: channels, height and width in pixels, each at least 1, such as 1,224,224',
    });
  };
}

/** The URL of a folder, with a slash at its end. */
export function parseFolderUrl(option: string): WordParser<string> {
  return (word) => {
    const url = URL.canParse(word) ? new URL(word) : undefined;
    if (url?.protocol === 'http:' || url?.protocol === 'https:')
      return url.href.endsWith('/') ? url.href : `${url.href}/`;
    throw new UsageError({ where: option, got: `'${word}'`, want: 'nothing, or the http(s) URL of a folder' });
  };
}
