import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { WeightsError } from '@strata/core';
import type { Variant } from '@strata/googlenet';
import { findPretrained, type Pretrained, pretrained } from '@strata/googlenet/pretrained';
import type { NetworkWords } from './command.js';

/** Where weights come from. */
export interface ChosenWeights {
  /** A path or URL; `undefined` for the shipped ones. */
  readonly weights: string | undefined;
  /** What is known of them, where somebody published them. */
  readonly published?: Pretrained | undefined;
}

/**
 * The weights that the words name; where they name none, the published ones of the variant that `strata download` fetched,
 * or the shipped ones. Published files are known wherever they lie, by their checksum. `WeightsError` where there are none.
 */
export async function chooseWeights(variant: Variant | undefined, { weights }: NetworkWords): Promise<ChosenWeights> {
  if (weights !== undefined) return { weights, published: await recognise(weights) };
  if (variant === undefined || variant === 'seed') return { weights: undefined };
  const found = await findPretrained(variant);
  if (found !== undefined) return { weights: found.path, published: found.pretrained };
  const names = pretrained.filter((one) => one.variant === variant).map(({ name }) => `strata download ${name}`);
  throw new WeightsError({
    where: 'weights',
    got: `none given for the ${variant} variant`,
    want: '--weights FILE',
    ...(names.length === 0 ? {} : { hint: `${names.join(' or ')} fetches them` }),
  });
}

/** The published weights that a file is. Most files are told by their size, and then not read. */
async function recognise(path: string): Promise<Pretrained | undefined> {
  const size = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
  for (const one of pretrained.filter(({ bytes }) => bytes === size)) {
    const { algorithm, hex } = one.digest;
    const hash = createHash(algorithm);
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    if (hash.digest('hex') === hex) return one;
  }
  return undefined;
}
