import { createRequire } from 'node:module';
import type { Shape, Tensor } from '@strata/core';
import { type GoogLeNet, preprocess } from '@strata/googlenet';
import { nameOf, readPicture } from '../files/read-picture.js';
import type { Io } from '../io.js';
import { drawNoise } from './draw-noise.js';

/** What two backends are compared on. */
export interface DiffPicture {
  /** How the output names it. */
  readonly name: string;
  /** [1, channels, height, width]. */
  readonly batch: Tensor;
}

/** The named picture; else a sample, where garments are wanted; else noise, as the ImageNet variants have no sample. */
export async function readDiffPicture(
  named: string | undefined,
  { variant, inputShape: input, preprocessing }: Pick<GoogLeNet, 'variant' | 'inputShape' | 'preprocessing'>,
  io: Pick<Io, 'stdin'>,
): Promise<DiffPicture> {
  const prepare = async (name: string, source: Parameters<typeof preprocess>[0]) => {
    const { shape, dtype, data } = await preprocess(source, { ...preprocessing, variant, input, where: name });
    return { name, batch: { shape: [1, ...shape], dtype, data } };
  };
  if (named !== undefined) return prepare(nameOf(named), await readPicture(named, io));
  if (preprocessing?.resize !== 'garment')
    return prepare(`noise, seed ${noiseSeed}`, drawNoise(sideFor(input), noiseSeed));
  const resolve = createRequire(import.meta.url).resolve;
  return prepare(`the sample ${sample}`, resolve(`@strata/googlenet/samples/${sample}`));
}

const sample = 'ankle-boot.jpg';
const noiseSeed = 1;

/** Pixels of a square of which the network's size is cut out unshrunk: shrinking would make noise grey. */
function sideFor([, ...size]: Shape): number {
  return Math.ceil((256 / 224) * Math.max(...size));
}
