import { InputError, WeightsError } from '@strata/core';
import type { NetworkWords, PictureWords } from './command.js';
import { UsageError } from './usage-error.js';

/** Options of `loadGoogLeNet` that are words of the command line. */
const optionOf = new Map<string, keyof PictureWords | 'transformInput'>([
  ['input', 'input'],
  ['resize', 'resize'],
  ['mean', 'mean'],
  ['std', 'std'],
  ['scale', 'scale'],
  ['channels', 'channels'],
  ['labels', 'labels'],
  ['transformInput', 'transformInput'],
]);

const wantHeads = 'weights of a variant that has them: bvlc or torchvision';

/**
 * What is wrong with a word is a `UsageError` that names it, and what is wrong with a file names that: the network
 * knows neither.
 */
export function nameSource(error: unknown, words: NetworkWords & PictureWords, inputFile?: string): unknown {
  if (error instanceof WeightsError) return nameWeights(error, words.weights);
  if (!(error instanceof InputError)) return error;
  const message = error.summary.slice(`${error.where}: `.length);
  if (error.where === 'input' && inputFile !== undefined) {
    return new InputError({ where: inputFile, got: message, cause: error });
  }
  if (error.where === 'auxiliary')
    return new UsageError({ where: '--outputs', got: 'an auxiliary head', want: wantHeads });
  const option = optionOf.get(error.where);
  if (option === undefined || words[option] === undefined) return error;
  const got = option === 'transformInput' ? message.replace('true, want false', 'on, want off') : message;
  if (option === 'labels') return new InputError({ where: String(words.labels), got: `labels: ${got}`, cause: error });
  const where = `--${option === 'transformInput' ? 'transform-input' : option}`;
  return new UsageError({ where, got, cause: error });
}

/** Tensors that do not fit are found by the backend, which does not know the file. */
function nameWeights(error: WeightsError, file: string | undefined): WeightsError {
  const prefix = 'weights: ';
  if (file === undefined || !error.message.startsWith(prefix)) return error;
  const { summary, table } = error;
  return new WeightsError({ where: file, got: summary.slice(prefix.length), table, cause: error });
}
