import { messageOf, StrataError, type Tensor } from '@strata/core';
import { type GoogLeNet, loadPixels, type Pixels, type Prediction, preprocess } from '@strata/googlenet';
import type { BackendWords } from '../backends/open.js';
import type { NetworkWords, OutputWords } from '../command.js';
import { type ExitCode, printError } from '../explain-failure.js';
import { coloursFor, type Io } from '../io.js';
import { withNetwork } from '../network.js';
import { printJson } from '../output/json.js';
import { formatMs, formatPercent } from '../output/numbers.js';
import { UsageError } from '../usage-error.js';

export interface ClassifyWords extends OutputWords, NetworkWords, BackendWords {
  /** Labels for each picture; by default the best in the table and the best five in JSON. */
  readonly top?: number;
  /** Most pictures in one run. */
  readonly batch: number;
}

/** What a picture shows, or why that can not be told. `milliseconds` is its share of its batch, reading included. */
type Outcome =
  | { readonly image: string; readonly top: readonly Prediction[]; readonly milliseconds: number }
  | { readonly image: string; readonly error: StrataError };

/** Classifies pictures. One that fails does not stop the others; the exit code is then 1. */
export async function classify(images: readonly string[], words: ClassifyWords, io: Io): Promise<ExitCode> {
  if (images.includes('')) throw new UsageError({ where: 'picture', got: "''", want: 'a file or URL' });
  const ahead = decodeAhead(images);
  return withNetwork(words, async (network) => {
    const top = words.top ?? (words.json === true ? 5 : 1);
    const outcomes: Outcome[] = [];
    for (let start = 0; start < images.length; start += words.batch) {
      outcomes.push(...(await classifyTogether(network, images.slice(start, start + words.batch), ahead, top)));
    }
    const { name: backend, device } = network.backend;
    if (words.json === true)
      printJson(
        outcomes.map((outcome) => toJson(outcome, backend, device)),
        io,
      );
    else await printOutcomes(outcomes, `${backend}/${device}`, io);
    for (const outcome of outcomes) if ('error' in outcome) printError(outcome.error.message, io);
    return outcomes.some((outcome) => 'error' in outcome) ? 1 : 0;
  });
}

/** One run for all pictures that can be read. */
async function classifyTogether(
  network: GoogLeNet,
  images: readonly string[],
  ahead: ReadonlyMap<string, Promise<Pixels | StrataError>>,
  top: number,
): Promise<Outcome[]> {
  const start = performance.now();
  const prepared = await Promise.all(images.map((image) => prepare(network, image, ahead.get(image) ?? image)));
  const tensors = prepared.filter((one): one is Tensor => !(one instanceof StrataError));
  const classified = tensors.length === 0 ? [] : await network.classify(tensors, { top });
  const milliseconds = (performance.now() - start) / images.length;
  const results = classified.values();
  return prepared.map((one, index) => {
    const image = images[index] ?? '';
    if (one instanceof StrataError) return { image, error: one };
    return { image, top: results.next().value ?? [], milliseconds };
  });
}

/** The picture as the network wants it, or the error that says what is wrong with it. */
async function prepare(
  { variant, inputShape }: GoogLeNet,
  image: string,
  source: string | Promise<Pixels | StrataError>,
): Promise<Tensor | StrataError> {
  return catchStrata(async () => {
    const picture = await source;
    if (picture instanceof StrataError) throw picture;
    return preprocess(picture, { variant, input: inputShape, where: image });
  });
}

/** Pictures are decoded beside the main thread, which opening a backend keeps busy: the first are begun before it. */
function decodeAhead(images: readonly string[]): ReadonlyMap<string, Promise<Pixels | StrataError>> {
  const first = images.slice(0, 2);
  return new Map(
    first.map((image) => {
      const pixels = catchStrata(() => loadPixels(image));
      // Should the backend fail to open, nobody comes for them.
      pixels.catch(() => {});
      return [image, pixels];
    }),
  );
}

async function catchStrata<T>(work: () => Promise<T>): Promise<T | StrataError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StrataError) return error;
    throw error;
  }
}

function toJson(outcome: Outcome, backend: string, device: string): unknown {
  const { image } = outcome;
  if ('top' in outcome) return { image, backend, device, top: outcome.top };
  return { image, error: { code: outcome.error.code, message: messageOf(outcome.error) } };
}

async function printOutcomes(outcomes: readonly Outcome[], where: string, io: Io): Promise<void> {
  const { printTable } = await import('../output/table.js');
  const { green, red, dim } = coloursFor(io.stdout, io);
  const rows = outcomes.flatMap((outcome) => {
    if ('error' in outcome) return [[outcome.image, red(`failed (${outcome.error.code})`), '', '']];
    return outcome.top.map(({ label, probability }, rank) =>
      rank === 0
        ? [outcome.image, green(label), formatPercent(probability), formatMs(outcome.milliseconds)]
        : ['', label, formatPercent(probability), ''],
    );
  });
  printTable(
    [
      { title: 'picture' },
      { title: 'label' },
      { title: 'probability', align: 'right' },
      { title: 'time', align: 'right' },
    ],
    rows,
    io,
  );
  io.stdout.write(`${dim(`on ${where}`)}\n`);
}
