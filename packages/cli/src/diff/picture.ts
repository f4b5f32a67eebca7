import { createRequire } from 'node:module';
import { drawNoise } from '@strata/conformance/network';
import type { Tensor } from '@strata/core';
import { type GoogLeNet, preprocess } from '@strata/googlenet';

/** What two backends are compared on. */
export interface DiffPicture {
  /** How the output names it. */
  readonly name: string;
  /** [1, channels, height, width]. */
  readonly batch: Tensor;
}

/** The named picture; else a sample that the variant's weights know; else noise, as the ImageNet variants have no sample. */
export async function readDiffPicture(
  named: string | undefined,
  { variant, inputShape: input }: Pick<GoogLeNet, 'variant' | 'inputShape'>,
): Promise<DiffPicture> {
  const prepare = async (name: string, source: Parameters<typeof preprocess>[0]) => {
    const { shape, dtype, data } = await preprocess(source, { variant, input, where: name });
    return { name, batch: { shape: [1, ...shape], dtype, data } };
  };
  if (named !== undefined) return prepare(named, named);
  if (variant !== 'seed') return prepare(`noise, seed ${noiseSeed}`, drawNoise(noiseSide, noiseSeed));
  const resolve = createRequire(import.meta.url).resolve;
  return prepare(`the sample ${sample}`, resolve(`@strata/googlenet/samples/${sample}`));
}

const sample = 'ankle-boot.jpg';
const noiseSeed = 1;
/** Pixels. */
const noiseSide = 256;
