import { isVariant, type Variant, variantNames } from '@strata/googlenet';
import { UsageError } from './usage-error.js';

/** What every command may be told. */
export interface OutputWords {
  readonly json?: true;
}

/** Which network, with which weights. */
export interface NetworkWords {
  /** By default what the weights are for. */
  readonly variant?: string;
  /** A safetensors file or URL; the shipped weights by default. */
  readonly weights?: string;
}

/** The variant of that name, if one is named. `UsageError` lists the names there are. */
export function parseVariantWord({ variant }: Pick<NetworkWords, 'variant'>): Variant | undefined {
  if (variant === undefined || isVariant(variant)) return variant;
  throw new UsageError({ where: '--variant', got: `'${variant}'`, want: variantNames.join(', ') });
}
