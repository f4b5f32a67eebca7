import { InputError, WeightsError } from '@strata/core';
import { checkPreprocessing } from './check-preprocessing.js';
import type { Preprocessing } from './preprocessing-types.js';

const where = "weights: metadata 'preprocessing'";

/**
 * What the metadata's `preprocessing` says, which is a `Preprocessing` as JSON; `undefined` without one. `WeightsError` where
 * it is none, `InputError` where it is for another number of channels than the network is asked to have.
 */
export function metadataPreprocessing(
  { preprocessing: text }: Readonly<Record<string, string>>,
  channels: number,
): Preprocessing | undefined {
  if (text === undefined) return undefined;
  const parsed = parseObject(text);
  if (parsed === undefined) {
    throw new WeightsError({
      where,
      got: `'${text.slice(0, 40)}'`,
      want: 'a JSON object of channels, resize, scale, mean, std',
    });
  }
  const own = parsed.channels === 'grey' ? 1 : 3;
  const said = checkPreprocessing(parsed, own, WeightsError, `${where}: `);
  if (own === channels) return said;
  const want = `${own}, as the weights' metadata 'preprocessing' says`;
  throw new InputError({ where: 'input', got: `${channels} channels`, want });
}

function parseObject(text: string): { readonly [K in keyof Preprocessing]: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const nothing = { channels: undefined, resize: undefined, scale: undefined, mean: undefined, std: undefined };
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { ...nothing, ...parsed }
      : undefined;
  } catch {
    return undefined;
  }
}
