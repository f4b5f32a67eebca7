import { type Backend, WeightsError } from '@strata/core';
import { type GoogLeNet, loadGoogLeNet } from '@strata/googlenet';
import { type BackendWords, openBackend } from './backends/open.js';
import { type NetworkWords, parseVariantWord } from './command.js';

/** Opens the backend, loads the network on it, and frees both when `use` has ended. Words are checked first. */
export async function withNetwork<T>(
  words: BackendWords & NetworkWords,
  use: (network: GoogLeNet) => Promise<T>,
): Promise<T> {
  parseVariantWord(words);
  const opening = openBackend(words);
  try {
    const network = await loadNetwork(words, opening);
    try {
      return await use(network);
    } finally {
      await network.dispose();
    }
  } finally {
    const opened = await opening.catch(() => undefined);
    await opened?.dispose();
  }
}

/** The network that the words choose, on a backend. `WeightsError` names the file. */
export async function loadNetwork(words: NetworkWords, backend: Backend | PromiseLike<Backend>): Promise<GoogLeNet> {
  const variant = parseVariantWord(words);
  const { weights } = words;
  return loadGoogLeNet({
    backend,
    ...(variant === undefined ? {} : { variant }),
    ...(weights === undefined ? {} : { weights }),
  }).catch((error: unknown) => {
    throw nameWeights(error, weights);
  });
}

/** Tensors that do not fit are found by the backend, which knows no file. */
function nameWeights(error: unknown, file: string | undefined): unknown {
  const prefix = 'weights: ';
  if (file === undefined || !(error instanceof WeightsError) || !error.message.startsWith(prefix)) return error;
  return new WeightsError({ where: file, got: error.message.slice(prefix.length), cause: error });
}
