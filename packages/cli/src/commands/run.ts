import { formatShape, type Graph, InputError, type Tensor } from '@strata/core';
import { parseNpy } from '@strata/formats/npy';
import { writeSafetensors } from '@strata/formats/safetensors';
import { writeMetadata } from '@strata/googlenet';
import type { BackendWords } from '../backends/open-chosen.js';
import { type ModelWords, type NetworkWords, type OutputWords, parseVariantWord } from '../command.js';
import { type ExitCode, printWarning } from '../explain-failure.js';
import { readBytes } from '../files/read-file.js';
import { checkWritable, refuseToOverwrite, writeWhole } from '../files/write-file.js';
import { coloursFor, type Io } from '../io.js';
import { type AnyNetwork, type NetworkNeeds, withAnyNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { UsageError } from '../usage-error.js';

export interface RunWords extends OutputWords, NetworkWords, ModelWords, BackendWords {
  /** A `.npy` file, [channels, height, width] or [batch, channels, height, width]. */
  readonly input: string;
  /** A safetensors file. */
  readonly out: string;
  /** Names of values; the network's own output by default. */
  readonly outputs?: readonly string[];
}

/**
 * Runs a raw tensor and saves the named values, [batch, …] each. Writes nothing unless all went well; values
 * that are not finite are saved, with a warning.
 */
export async function run(words: RunWords, io: Io): Promise<ExitCode> {
  parseVariantWord(words);
  const { input, out, outputs: names, ...networkWords } = words;
  await checkWritable(out);
  await refuseToOverwrite(out, input, networkWords.weights ?? networkWords.model);
  const batch = toBatch(parseNpy(await readBytes(input), input), input);
  const needs: NetworkNeeds = {
    indifferent: ['input', 'labels', 'preprocessing'],
    ...(networkWords.model !== undefined && { input: { shape: batch.shape.slice(1), file: input } }),
    ...(asksForHeads(names) && { auxiliary: true, input: { shape: batch.shape.slice(1), file: input } }),
  };
  const work = async (network: AnyNetwork): Promise<ExitCode> => {
    const { backend, graph, inputShape, variant, transformInput } = network;
    const outputs = names ?? graph.outputs;
    checkNames(outputs, graph);
    checkChannels(batch, inputShape[0], input);
    const values = await network.run(batch, { outputs });
    const told = transformInput === undefined ? {} : { transformInput };
    const own = variant === undefined ? {} : writeMetadata({ variant, ...told });
    const metadata = { ...own, backend: backend.name, device: backend.device };
    await writeWhole(out, writeSafetensors(values, { metadata }));
    const saved = outputs.map((name) => ({ name, shape: values[name]?.shape ?? [] }));
    if (words.json === true) {
      printJson({ out, backend: backend.name, device: backend.device, ...told, outputs: saved }, io);
    } else {
      const { green, dim } = coloursFor(io.stdout, io);
      for (const { name, shape } of saved) io.stdout.write(`${green(name)} ${formatShape(shape)}\n`);
      io.stdout.write(`${dim(`in ${out}, from ${backend.name}/${backend.device}`)}\n`);
    }
    const flawed = outputs.filter((name) => values[name]?.data.some((value) => !Number.isFinite(value)));
    if (flawed.length > 0) printWarning(`${out}: not all values of ${flawed.join(', ')} are finite`, io);
    return 0;
  };
  return withAnyNetwork(networkWords, io, work, needs);
}

/** Whether an auxiliary head, or a layer of one, is among the names. */
function asksForHeads(names: readonly string[] = []): boolean {
  return names.some((name) => /^aux[12](\.|$)/.test(name));
}

/** One picture is a batch of one. */
function toBatch(array: Tensor, where: string): Tensor {
  const { shape } = array;
  if (shape.length === 4 && !shape.includes(0)) return array;
  if (shape.length === 3 && !shape.includes(0)) return { ...array, shape: [1, ...shape] };
  throw new InputError({
    where,
    got: `shape ${formatShape(shape)}`,
    want: '[C,H,W] or [N,C,H,W], each size at least 1',
    hint: 'reshape the array',
  });
}

function checkChannels({ shape }: Tensor, channels: number | undefined, where: string): void {
  if (shape[1] === channels) return;
  throw new InputError({
    where,
    got: `${shape[1]} channels in shape ${formatShape(shape)}`,
    want: `${channels}, as the network takes`,
    hint: 'channels come before height and width',
  });
}

function checkNames(names: readonly string[], { nodes }: Graph): void {
  const values = nodes.filter(({ op }) => op !== 'parameter').map(({ name }) => name);
  const unknown = names.filter((name) => !values.includes(name));
  if (unknown.length === 0) return;
  const stages = values.filter((name) => !name.includes('.'));
  throw new UsageError({
    where: '--outputs',
    got: unknown.map((name) => `'${name}'`).join(', '),
    want: `names of stages: ${stages.join(', ')}`,
  });
}
