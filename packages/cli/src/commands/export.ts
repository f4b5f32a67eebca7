import { createReferenceBackend } from '@strata/core/reference';
import { readCheckpoint } from '@strata/googlenet';
import { chooseWeights } from '../choose-weights.js';
import { type NetworkWords, type OutputWords, type PictureWords, parseVariantWord } from '../command.js';
import type { ExitCode } from '../explain-failure.js';
import { type ExportFormat, encodeNetwork, type Precision } from '../export/encode-network.js';
import { checkWritable, refuseToOverwrite, writeWhole } from '../files/write-file.js';
import { coloursFor, type Io } from '../io.js';
import { loadNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { formatCount } from '../output/numbers.js';
import { headsFit } from '../plan-network.js';

export interface ExportWords extends OutputWords, NetworkWords, PictureWords {
  readonly format: ExportFormat;
  readonly out: string;
  readonly precision?: Precision;
  readonly licence?: string;
}

/**
 * Writes the network, or its weights, to a file that says of itself what weights of others do not. Auxiliary heads go along
 * with weights; an ONNX network has none. Writes nothing unless all went well, and never over the file that it reads.
 */
export async function exportNetwork(words: ExportWords, io: Io): Promise<ExitCode> {
  const { format, out, precision = 'float32' } = words;
  const variant = parseVariantWord(words);
  const { weights, published } = await chooseWeights(variant, words);
  await checkWritable(out);
  await refuseToOverwrite(out, weights);
  const auxiliary = format !== 'onnx' && (await hasHeads(weights, words));
  const network = await loadNetwork(words, createReferenceBackend(), io, { auxiliary });
  try {
    const licence = words.licence ?? published?.licence ?? network.metadata.licence;
    const bytes = encodeNetwork(network, { format, precision, licence, auxiliary });
    await writeWhole(out, bytes);
    const { transformInput } = network;
    const told = transformInput === undefined ? {} : { transformInput };
    const result = { out, format, precision, variant: network.variant, ...told, heads: auxiliary, bytes: bytes.length };
    if (words.json === true) printJson(result, io);
    else {
      const { green, dim } = coloursFor(io.stdout, io);
      io.stdout.write(`${green(out)} ${format} of the ${network.variant} variant, ${precision}\n`);
      io.stdout.write(`${dim(`${formatCount(bytes.length)} bytes; strata inspect ${out} shows what is in it`)}\n`);
    }
    return 0;
  } finally {
    await network.dispose();
  }
}

/** Whether a file has auxiliary heads that fit pictures of the size that the words say. */
async function hasHeads(weights: string | undefined, words: ExportWords): Promise<boolean> {
  // What is wrong with the file, loading it says.
  const checkpoint = await readCheckpoint(weights, parseVariantWord(words)).catch(() => undefined);
  if (checkpoint?.heads !== true) return false;
  return headsFit(checkpoint.variant, words.input ?? checkpoint.network.input);
}
