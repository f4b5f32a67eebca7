import { messageOf, StrataError, type Tensor } from '@strata/core';
import { loadPixels, type Pixels, type Prediction, preprocess } from '@strata/googlenet';
import type { BackendWords } from '../backends/open-chosen.js';
import type { ModelWords, NetworkWords, OutputWords, PictureWords } from '../command.js';
import { type ExitCode, printError, printStack } from '../explain-failure.js';
import { nameOf, readPicture, standardInput } from '../files/read-picture.js';
import { coloursFor, type Io } from '../io.js';
import { type AnyNetwork, withAnyNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { formatMs, formatPercent } from '../output/numbers.js';
import { UsageError } from '../usage-error.js';

export interface ClassifyWords extends OutputWords, NetworkWords, ModelWords, PictureWords, BackendWords {
  /** Labels for each picture; by default the best in the table and the best five in JSON. */
  readonly top?: number;
  /** Most pictures in one run. */
  readonly batch: number;
  /** Crops of each picture, whose probabilities are averaged: 1, the centre, or 10. */
  readonly crops: number;
}

/** What a picture shows, or why it could not be classified. */
type Outcome =
  | { readonly image: string; readonly top: readonly Prediction[]; readonly milliseconds: number }
  | { readonly image: string; readonly error: StrataError };

/** A picture as the network wants it, and how long it took to be read and made so. */
interface Prepared {
  /** Pixels, where crops of them are to be taken. */
  readonly picture: Tensor | Pixels;
  readonly milliseconds: number;
}

/** Pictures that are read at a time; decoded photos are large. */
const readAtOnce = 4;

/** Classifies pictures. One that fails does not stop the others; the exit code is then 1. */
export async function classify(images: readonly string[], words: ClassifyWords, io: Io): Promise<ExitCode> {
  checkImages(images);
  const decoder = loadDecoder();
  return withAnyNetwork(words, io, async (network) => {
    await decoder;
    const top = words.top ?? (words.json === true ? 5 : 1);
    const crops = parseCrops(words, network);
    // Pixels of photos are large where they wait for their crops to be taken.
    const batch = crops === 10 ? Math.min(words.batch, readAtOnce) : words.batch;
    const outcomes: Outcome[] = [];
    for (let start = 0; start < images.length; start += batch) {
      const some = images.slice(start, start + batch);
      outcomes.push(...(await classifyTogether(network, some, { top, crops }, io)));
    }
    const { name: backend, device } = network.backend;
    if (words.json === true)
      printJson(
        outcomes.map((outcome) => toJson(outcome, network)),
        io,
      );
    else await printOutcomes(outcomes, `${backend}/${device}`, io);
    for (const outcome of outcomes) {
      if (!('error' in outcome)) continue;
      printError(outcome.error.message, io);
      if (words.debug === true) printStack(outcome.error, io);
    }
    return outcomes.some((outcome) => 'error' in outcome) ? 1 : 0;
  });
}

function checkImages(images: readonly string[]): void {
  if (images.includes('')) throw new UsageError({ where: 'picture', got: "''", want: 'a file or URL' });
  if (images.filter((image) => image === standardInput).length > 1) {
    throw new UsageError({ where: 'picture', got: "'-' twice", want: 'standard input once' });
  }
}

/** `UsageError` for another number of crops, and where pictures are not cropped. */
function parseCrops({ crops }: ClassifyWords, { preprocessing }: AnyNetwork): 1 | 10 {
  if (crops === 1) return crops;
  if (crops !== 10) throw new UsageError({ where: '--crops', got: `'${crops}'`, want: '1 or 10' });
  const { resize } = preprocessing ?? {};
  if (resize === 'torchvision' || resize === 'caffe') return crops;
  const got = `10 for pictures that are not cropped${resize === undefined ? '' : ` (--resize ${resize})`}`;
  throw new UsageError({ where: '--crops', got, want: '1, or --resize torchvision or caffe' });
}

/** One run for all pictures that can be read. The time of each is its own, and its share of the run. */
async function classifyTogether(
  network: AnyNetwork,
  images: readonly string[],
  { top, crops }: { readonly top: number; readonly crops: 1 | 10 },
  io: Io,
): Promise<Outcome[]> {
  const prepared: (Prepared | StrataError)[] = [];
  for (let next = 0; next < images.length; next += readAtOnce) {
    const some = images.slice(next, next + readAtOnce);
    prepared.push(...(await Promise.all(some.map((image) => prepare(network, image, crops, io)))));
  }
  const pictures = prepared.flatMap((one) => (one instanceof StrataError ? [] : [one.picture]));
  const start = performance.now();
  const classified =
    pictures.length === 0 ? [] : await network.classify(pictures, { top, crops, batch: crops * images.length });
  const share = (performance.now() - start) / pictures.length;
  const results = classified.values();
  return prepared.map((one, index) => {
    const image = images[index] ?? '';
    if (one instanceof StrataError) return { image, error: one };
    return { image, top: results.next().value ?? [], milliseconds: one.milliseconds + share };
  });
}

/** The picture as the network wants it, or the error that says what is wrong with it. */
async function prepare(network: AnyNetwork, image: string, crops: 1 | 10, io: Io): Promise<Prepared | StrataError> {
  return catchStrata(async () => {
    const start = performance.now();
    const pixels = await readPicture(image, io);
    // Another program's network has its pre-processing whole.
    const { variant = 'torchvision', inputShape: input, preprocessing } = network;
    const where = nameOf(image);
    const picture = crops === 10 ? pixels : await preprocess(pixels, { ...preprocessing, variant, input, where });
    return { picture, milliseconds: performance.now() - start };
  });
}

/** The decoder takes half a second to load, which is begun beside the backend and is no picture's time. */
async function loadDecoder(): Promise<void> {
  await loadPixels(Uint8Array.of(0)).catch(() => {});
}

async function catchStrata<T>(work: () => Promise<T>): Promise<T | StrataError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StrataError) return error;
    throw error;
  }
}

/** `transformInput` only where the variant has it. */
function toJson(outcome: Outcome, { backend: { name: backend, device }, transformInput }: AnyNetwork): unknown {
  const { image } = outcome;
  if ('top' in outcome) {
    const [{ unusual, unusualScore }] = outcome.top;
    const top = outcome.top.map(({ label, index, probability }) => ({ label, index, probability }));
    const told = transformInput === undefined ? {} : { transformInput };
    const milliseconds = Number(outcome.milliseconds.toFixed(3));
    return { image, backend, device, top, unusual, unusualScore, milliseconds, ...told };
  }
  return { image, error: { code: outcome.error.code, message: messageOf(outcome.error) } };
}

async function printOutcomes(outcomes: readonly Outcome[], where: string, io: Io): Promise<void> {
  const { printTable } = await import('../output/table.js');
  const { green, red, yellow, dim } = coloursFor(io.stdout, io);
  const rows = outcomes.flatMap((outcome) => {
    if ('error' in outcome) return [[outcome.image, red(`failed (${outcome.error.code})`), '', '', '']];
    return outcome.top.map(({ label, probability, unusual }, rank) =>
      rank === 0
        ? [
            outcome.image,
            green(label),
            formatPercent(probability),
            formatMs(outcome.milliseconds),
            unusual === true ? yellow('unusual') : '',
          ]
        : ['', label, formatPercent(probability), '', ''],
    );
  });
  printTable(
    [
      { title: 'picture' },
      { title: 'label' },
      { title: 'probability', align: 'right' },
      { title: 'time', align: 'right' },
      { title: '' },
    ],
    rows,
    io,
  );
  if (outcomes.some((outcome) => 'top' in outcome && outcome.top[0].unusual === true)) {
    io.stdout.write(`${dim('unusual: unlike what the weights were trained on; do not trust the label')}\n`);
  }
  io.stdout.write(`${dim(`on ${where}`)}\n`);
}
