import { WeightsError } from '@strata/core';
import type { Variant } from '../network/variants.js';

/**
 * Where the package's own weights for a variant lie. A bundler that meets `new URL('…', import.meta.url)` brings the
 * file along. `WeightsError` for variants that none are shipped for.
 */
export function shippedWeights(variant: Variant): URL {
  if (variant === 'seed') return new URL('../../weights/seed-fashion-mnist.safetensors', import.meta.url);
  throw new WeightsError({
    where: 'weights',
    got: `none given for the ${variant} variant`,
    want: 'a file, a URL or tensors',
    hint: 'only the seed variant has weights in the package; @strata/googlenet/pretrained fetches others',
  });
}
