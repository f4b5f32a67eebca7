import {
  copyTensor,
  describeValue,
  InputError,
  isBlob,
  isUrlObject,
  refuseOtherThanRecord,
  type Tensor,
  viewBytes,
  type Weights,
  WeightsError,
} from '@strata/core';
import { identify } from '@strata/formats/identify';
import { openWeights } from '@strata/formats/weights';
import { host } from '#host';
import { cacheModes, type DownloadContext, type DownloadReport } from '../download/types.js';
import { describeUrl, isUrl } from '../download/urls.js';
import type { NetworkOptions } from '../network/options.js';
import { parseVariant, type Variant } from '../network/variants.js';
import { isStatistic, readStatistics, type UnusualStatistics } from '../unusual/statistics.js';
import { assumedOf } from './assumed.js';
import type { Assumption } from './assumption.js';
import type { CheckpointChoices } from './choices.js';
import { type CheckpointFile, type Examination, examine } from './examine.js';
import type { Fit } from './fit.js';
import { fitOf, refuseTwins } from './refuse.js';
import { shippedWeights } from './shipped.js';
import { takeTensors } from './take-tensors.js';

/** Weights: the path or URL of a file of weights, its bytes, or tensors by name. */
export type WeightsSource = string | URL | ArrayBufferView | ArrayBufferLike | Blob | Weights;

/** Weights under our names, and what is known of them. */
export interface Checkpoint {
  readonly variant: Variant;
  /** What `buildGoogLeNet(variant, network)` binds, constants included. */
  readonly weights: Weights;
  /** The network that the weights have: its widths, classes and channels, and what was chosen for it. */
  readonly network: NetworkOptions;
  /** Of the last layer. */
  readonly classes: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether the file has auxiliary heads, be they read or not. */
  readonly heads: boolean;
  /** Names that were left out, because only training uses them. */
  readonly skipped: readonly string[];
  /** What nobody said of the weights' network. */
  readonly assumed: readonly Assumption[];
  /** Whether they are the package's own, whose tests need not be made again. */
  readonly shipped: boolean;
  /** By which an unusual picture is known, where the weights bring them. */
  readonly statistics: UnusualStatistics | undefined;
  /** Where the file came from, if that was an http or https URL. */
  readonly download?: DownloadReport;
}

/** How weights that come over HTTP are told and kept. */
export type WeightsDownload = Pick<DownloadContext, 'cache' | 'cacheFolder' | 'onProgress'>;

type OpenContext = WeightsDownload & Pick<DownloadContext, 'signal' | 'hint'>;

interface OpenFile extends CheckpointFile {
  readonly download?: DownloadReport | undefined;
  readonly where: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A checkpoint of which names, shapes and metadata are known, and no tensor is read yet. */
export interface OpenCheckpoint {
  readonly where: string;
  readonly shipped: boolean;
  readonly examination: Examination;
  readonly fit: Fit;
  /** Reads the tensors. `WeightsError` where a choice cannot be had. */
  read(choices: CheckpointChoices): Checkpoint;
}

/**
 * Reads weights from anywhere. Without a variant, names, shapes and the file's metadata tell it, and the seed variant is
 * meant where they do not; without weights, the shipped ones are. `downloading` is for those that come over HTTP.
 * `WeightsError` when the file cannot be used; tensors that do not fit are left for `bindWeights` to list.
 */
export async function readCheckpoint(
  given: WeightsSource | undefined,
  wanted: Variant | undefined,
  signal?: AbortSignal,
  { transformInput, auxiliary, input, ...downloading }: WeightsDownload & CheckpointChoices = {},
): Promise<Checkpoint> {
  return (await openCheckpoint(given, wanted, signal, downloading)).read({ transformInput, auxiliary, input });
}

/** As `readCheckpoint`, up to where tensors are read. */
export async function openCheckpoint(
  given: WeightsSource | undefined,
  wanted: Variant | undefined,
  signal?: AbortSignal,
  downloading: WeightsDownload = {},
): Promise<OpenCheckpoint> {
  if (wanted !== undefined) parseVariant(wanted);
  const context = { ...downloading, signal };
  checkCacheMode(downloading.cache);
  const file = given === undefined ? await openShipped(wanted ?? 'seed', context) : await open(given, context);
  const { where, metadata, tensors, download } = file;
  const examination = examine(file, where, wanted);
  const fit = fitOf(examination, wanted, where);
  refuseTwins(fit, where);
  const shipped = given === undefined;
  return {
    where,
    shipped,
    examination,
    fit,
    read: (choices) => ({
      ...takeTensors(where, examination, fit, choices),
      heads: fit.heads,
      metadata,
      shipped,
      assumed: shipped ? [] : assumedOf({ ...examination, fit, choices, wanted }),
      statistics: readStatistics(
        Object.fromEntries([...tensors].filter(([name]) => isStatistic(name)).map(([name, one]) => [name, one.read()])),
        examination.facts.input,
        where,
      ),
      ...(download === undefined ? {} : { download }),
    }),
  };
}

function checkCacheMode(mode: unknown): void {
  if (mode === undefined || cacheModes.some((known) => known === mode)) return;
  const want = cacheModes.map((known) => `'${known}'`).join(', ');
  throw new InputError({ where: 'cache', got: typeof mode === 'string' ? `'${mode}'` : String(mode), want });
}

/** The package's own weights. */
async function openShipped(variant: Variant, context: OpenContext): Promise<OpenFile> {
  const hint =
    'a bundler puts it beside its output, esbuild with the plugin @strata/esbuild; or give its URL as weights';
  return openFile(shippedWeights(variant), { ...context, hint });
}

async function openFile(source: string | URL, context: OpenContext): Promise<OpenFile> {
  const where = isUrl(String(source)) ? describeUrl(source) : String(source);
  const reading = { Failure: WeightsError, want: 'a file of weights', ...context };
  const { value, download } = await host.readKept(source, reading, (bytes) => openBytes(bytes, where, context.hint));
  return { ...value, download };
}

function open(source: WeightsSource, context: OpenContext): OpenFile | Promise<OpenFile> {
  if (typeof source === 'string' || isUrlObject(source)) return openFile(source, context);
  if (isBlob(source)) return openBlob(source);
  // In the caller's memory, and so copied before anything is awaited: the caller may change it at once.
  const bytes = viewBytes(source)?.slice();
  if (bytes !== undefined) return openBytes(bytes, 'weights');
  return openTensors(ownTensors(source));
}

async function openBlob(source: Blob): Promise<OpenFile> {
  return openBytes(new Uint8Array(await source.arrayBuffer()), 'weights');
}

function openTensors(tensors: ReadonlyMap<string, Tensor>): OpenFile {
  return {
    where: 'weights',
    metadata: {},
    tensors: new Map([...tensors].map(([name, one]) => [name, { shape: one.shape, read: () => one }])),
  };
}

/** `hint` says how a server comes to have the file, where it answered with a page what it does not have. */
async function openBytes(bytes: Uint8Array, where: string, hint?: string): Promise<OpenFile> {
  const { format, name } = identify(bytes);
  if (format === 'html' && hint !== undefined) {
    throw new WeightsError({ where, got: name, want: 'a file of weights', hint });
  }
  return { ...(await openWeights(bytes, where)), where };
}

/** Copies of the caller's tensors. `WeightsError` for what is no record of them, and says what it is. */
function ownTensors(source: object): ReadonlyMap<string, Tensor> {
  const want = 'the path, URL or bytes of a file of weights, or an object of tensors by name';
  refuseOtherThanRecord(source, 'weights', want, WeightsError);
  return new Map(
    Object.entries<unknown>({ ...source }).map(([name, value]) => {
      if (hasShape(value)) return [name, copyTensor(value)];
      throw new WeightsError({
        where: `weights: '${name}'`,
        got: describeValue(value),
        want: 'a tensor { shape, dtype, data }',
      });
    }),
  );
}

function hasShape(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'shape' in value && Array.isArray(value.shape);
}
