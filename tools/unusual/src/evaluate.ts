import type { Tensor } from '@strata/core';
import type { GoogLeNet, Picture } from '@strata/googlenet';
import { prepare } from './pictures.js';

/** Pictures of one sort, and how many of them were called unusual. */
export interface Rate {
  readonly name: string;
  /** Pictures judged. */
  readonly count: number;
  readonly unusual: number;
  /** Pictures in which pre-processing found nothing to classify. */
  readonly refused: number;
}

/** Pictures in one run. */
const batch = 32;

/** Classifies pictures, made one by one, and counts the unusual ones. */
export async function rate(
  net: GoogLeNet,
  name: string,
  pictures: Iterable<Picture>,
  onProgress: (rate: Rate) => void = () => {},
): Promise<Rate> {
  let found: Rate = { name, count: 0, unusual: 0, refused: 0 };
  let waiting: Tensor[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    const results = await net.classify(waiting, { top: 1 });
    const unusual = results.filter(([best]) => best.unusual === true).length;
    found = { ...found, count: found.count + results.length, unusual: found.unusual + unusual };
    waiting = [];
    onProgress(found);
  };
  for (const picture of pictures) {
    const prepared = await prepare(picture, net.inputShape);
    if (prepared === undefined) found = { ...found, refused: found.refused + 1 };
    else waiting.push(prepared);
    if (waiting.length === batch) await flush();
  }
  await flush();
  return found;
}

/** The share of those judged; 0 of none. */
export function shareOf({ count, unusual }: Rate): number {
  return count === 0 ? 0 : unusual / count;
}

/** Several rates as one. */
export function join(name: string, rates: readonly Rate[]): Rate {
  const sum = (key: 'count' | 'unusual' | 'refused') => rates.reduce((total, one) => total + one[key], 0);
  return { name, count: sum('count'), unusual: sum('unusual'), refused: sum('refused') };
}
