import type { Shape } from '@strata/core';
import { formatChoice } from './output/choice.js';
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

/** `on` or `off`. */
export function parseSwitch(option: string): WordParser<boolean> {
  return (word) => {
    if (word === 'on' || word === 'off') return word === 'on';
    throw new UsageError({ where: option, got: `'${word}'`, want: 'on or off' });
  };
}

/** One of a few words. */
export function parseChoice<T extends string>(option: string, choices: readonly T[]): WordParser<T> {
  return (word) => {
    const chosen = choices.find((choice) => choice === word);
    if (chosen !== undefined) return chosen;
    throw new UsageError({ where: option, got: `'${word}'`, want: formatChoice(choices) });
  };
}

/** A finite number other than 0, such as `0.017`, `1e-3` or `1/255`. */
export function parseFactor(option: string): WordParser<number> {
  return (word) => {
    const parts = word.split('/').map(toNumber);
    const [over, under = 1] = parts;
    const factor = over / under;
    if (parts.length <= 2 && Number.isFinite(factor) && factor !== 0) return factor;
    throw new UsageError({ where: option, got: `'${word}'`, want: 'a number other than 0, such as 1/255 or 0.017' });
  };
}

/** Finite numbers with commas between them, one a channel. */
export function parseNumbers(option: string): WordParser<readonly number[]> {
  return (word) => {
    const numbers = word.split(',').map(toNumber);
    if (numbers.every(Number.isFinite)) return numbers;
    throw new UsageError({
      where: option,
      got: `'${word}'`,
      want: 'numbers with commas between, one a channel, such as 0.485,0.456,0.406',
    });
  };
}

/** As people write numbers, no hexadecimal ones nor blanks; else NaN. */
function toNumber(word: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word.trim()) ? Number(word) : Number.NaN;
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
