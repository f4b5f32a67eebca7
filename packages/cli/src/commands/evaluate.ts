import type { GoogLeNet } from '@strata/googlenet';
import {
  downloadFashionMnist,
  evaluateFashionMnist,
  type FashionMnist,
  loadFashionMnist,
  type Split,
} from '@strata/googlenet/fashion-mnist';
import { type BackendWords, checkDeviceWord } from '../backends/open-chosen.js';
import { type NetworkWords, type OutputWords, type PictureWords, parseVariantWord } from '../command.js';
import type { ExitCode } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { withNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { formatCount } from '../output/numbers.js';
import { showDownload, showProgress } from '../output/progress.js';
import { UsageError } from '../usage-error.js';

export interface EvaluateWords
  extends OutputWords,
    NetworkWords,
    Pick<PictureWords, 'input' | 'mean' | 'std' | 'scale'>,
    BackendWords {
  /** Folder of the IDX files. */
  readonly data?: string;
  /** Whether to fetch missing files first; a string is an address to fetch from. */
  readonly download?: true | string;
  readonly split: string;
  /** Most pictures to evaluate; all by default. */
  readonly limit?: number;
  /** Most pictures in one run. */
  readonly batch: number;
}

/**
 * Accuracy and mean loss (cross-entropy, nats) on the pictures of Fashion-MNIST that the weights were not trained on.
 */
export async function evaluate(words: EvaluateWords, io: Io): Promise<ExitCode> {
  const { json, limit, batch } = words;
  parseVariantWord(words);
  checkDeviceWord(words);
  const data = await readData(words, io);
  const work = async (network: GoogLeNet): Promise<ExitCode> => {
    const { name: backend, device } = network.backend;
    const { accuracy, loss, count, seen } = await showProgress('pictures', io, (onProgress) =>
      evaluateFashionMnist(network, data, { batch, onProgress, ...(limit === undefined ? {} : { limit }) }),
    );
    const result = { accuracy, loss, count, seen, split: data.split, backend, device };
    if (json === true) printJson(result, io);
    else printResult(result, io);
    return 0;
  };
  return withNetwork(words, io, work, { indifferent: ['labels'] });
}

async function readData({ data, download, split: word }: EvaluateWords, io: Io): Promise<FashionMnist> {
  const split = parseSplit(word);
  if (download === undefined) {
    if (data !== undefined) return loadFashionMnist(data, split);
    throw new UsageError({
      where: '--data',
      got: 'not given',
      want: 'a folder of the official Fashion-MNIST files',
      hint: 'or let --download fetch them into a cache folder',
    });
  }
  const folder = await showDownload(io, (onBytes) =>
    downloadFashionMnist({
      splits: [split],
      onProgress: ({ done, total }) => onBytes(done, total),
      ...(data === undefined ? {} : { folder: data }),
      ...(download === true ? {} : { address: download }),
    }),
  );
  return loadFashionMnist(folder, split);
}

function parseSplit(word: string): Split {
  if (word === 'test' || word === 'train') return word;
  throw new UsageError({ where: '--split', got: `'${word}'`, want: 'test or train' });
}

interface Result {
  readonly accuracy: number;
  readonly loss: number;
  readonly count: number;
  readonly seen: number;
  readonly split: Split;
  readonly backend: string;
  readonly device: string;
}

function printResult({ accuracy, loss, count, seen, split, backend, device }: Result, io: Io): void {
  const { bold, dim } = coloursFor(io.stdout, io);
  const lines = [
    `${bold('accuracy')}  ${(100 * accuracy).toFixed(2)} %`,
    `${bold('loss')}      ${loss.toFixed(4)}`,
    `${bold('pictures')}  ${formatCount(count)} of the ${split} split`,
    ...(seen > 0 ? [`${bold('left out')}  ${formatCount(seen)} that the weights were trained on`] : []),
    dim(`on ${backend}/${device}`),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}
