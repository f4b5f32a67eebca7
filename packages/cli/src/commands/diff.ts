import { diffNetworks } from '@strata/comparison';
import { createReferenceBackend } from '@strata/core/reference';
import { pictureInput } from '@strata/googlenet';
import { loadBackendModule } from '../backends/load-module.js';
import { noteMissing } from '../backends/note-missing.js';
import { type BackendWords, checkDeviceWord, withBackend } from '../backends/open-chosen.js';
import { parseOther } from '../backends/parse-other.js';
import { type NetworkWords, type OutputWords, type PictureWords, parseVariantWord } from '../command.js';
import { type Comparison, toJson } from '../diff/comparison.js';
import { readDiffPicture } from '../diff/picture.js';
import { printComparison } from '../diff/print.js';
import type { ExitCode } from '../explain-failure.js';
import type { Io } from '../io.js';
import { loadNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { showProgress } from '../output/progress.js';
import { UsageError } from '../usage-error.js';

export interface DiffWords extends OutputWords, NetworkWords, Omit<PictureWords, 'labels'>, BackendWords {
  /** The backend to compare with, `NAME` or `NAME/DEVICE`. */
  readonly other: string;
}

/** One option names both. */
const otherOption = { backend: '--other', device: '--other' };

/**
 * Runs the network on two backends, holds each layer against the reference, and tells where the first wrong one is.
 * Exit code 1 if there is one.
 */
export async function diff(picture: string | undefined, words: DiffWords, io: Io): Promise<ExitCode> {
  if (picture === '') throw new UsageError({ where: 'picture', got: "''", want: 'a file or URL' });
  const otherWords = parseOther(words.other);
  await checkWords(words, otherWords);
  const comparison = await compare(picture, words, otherWords, io);
  if (words.json === true) printJson(toJson(comparison), io);
  else await printComparison(comparison, io);
  return comparison.difference.firstDiverging === undefined ? 0 : 1;
}

/** Reading weights and opening a device take seconds: wrong words are reported before that. */
async function checkWords(words: DiffWords, otherWords: BackendWords): Promise<void> {
  parseVariantWord(words);
  checkDeviceWord(words);
  checkDeviceWord(otherWords, otherOption);
  await loadBackendModule(words.backend);
  await loadBackendModule(otherWords.backend, otherOption.backend);
}

async function compare(
  named: string | undefined,
  words: DiffWords,
  otherWords: BackendWords,
  io: Io,
): Promise<Comparison> {
  // The reference is the quickest backend to load a network on, and checks the weights as any other does.
  const network = await loadNetwork(words, createReferenceBackend(), io, { indifferent: ['labels'] });
  const { graph, weights, variant, transformInput } = network;
  const { name: picture, batch } = await readDiffPicture(named, network, io);
  const model = { graph, weights, inputs: { [pictureInput]: batch } };
  return withBackend(words, (backend) =>
    withBackend(
      otherWords,
      async (other) => {
        for (const { report } of [backend, other]) noteMissing(report, io);
        return {
          variant,
          transformInput,
          picture,
          backend: { name: backend.name, device: backend.device },
          other: { name: other.name, device: other.device },
          difference: await showProgress('steps of the reference', io, (onProgress) =>
            diffNetworks(model, backend, other, { onProgress }),
          ),
        };
      },
      otherOption,
    ),
  );
}
