import { WeightsError } from '@strata/core';
import type { Variant } from '@strata/googlenet';
import { findPretrained, type Pretrained, pretrained } from '@strata/googlenet/pretrained';
import type { NetworkWords } from './command.js';
import { findPublished } from './files/find-published.js';

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
  if (weights !== undefined) return { weights, published: await findPublished(weights) };
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
