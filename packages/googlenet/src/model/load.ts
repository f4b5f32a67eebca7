import type { Executable } from '@strata/core';
import { type Checkpoint, openCheckpoint } from '../checkpoints/read-checkpoint.js';
import { refuseFlaws, refuseHeadsOfOtherSize, refuseMisfits } from '../checkpoints/refuse.js';
import { findLabels } from '../labels/find.js';
import { buildGoogLeNet, pictureInput, styleOf } from '../network/index.js';
import { resolvePreprocessing } from '../preprocess/index.js';
import { pickPreprocessing } from '../preprocess/preprocessing.js';
import { watchGraph } from '../unusual/index.js';
import { assumedOfPictures } from './assumed.js';
import { LoadedNetwork, type ModelParts } from './loaded-network.js';
import type { GoogLeNet, LoadOptions } from './types.js';

/**
 * Reads weights, builds their network and compiles it on a backend. `WeightsError` when the weights cannot be read or
 * do not fit, listing every tensor that does not; otherwise as `backend.compile`, or as the backend that fails to open.
 */
export async function loadGoogLeNet(options: LoadOptions): Promise<GoogLeNet> {
  const { signal, onProgress, cache, cacheFolder } = options;
  // Copied before anything is awaited, as the weights are: the caller may change what it gave.
  const asked = { input: options.input && [...options.input], labels: options.labels && [...options.labels] };
  const { transformInput, auxiliary } = options;
  const reading = openCheckpoint(options.weights, options.variant, signal, {
    cache,
    cacheFolder,
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'download') }),
  });
  const pictureOptions = pickPreprocessing(options);
  // If the backend fails to open, nobody awaits them.
  reading.catch(() => {});
  const backend = await options.backend;
  const open = await reading;
  refuseMisfits(open.examination, open.fit, open.where, auxiliary === true);
  const checkpoint = open.read({ transformInput, auxiliary, input: asked.input });
  const { variant, weights, metadata, network, classes } = checkpoint;
  const { input = styleOf(variant).input } = network;
  const labels = await findLabels(variant, metadata, classes, asked.labels);
  const preprocessing = resolvePreprocessing(variant, input[0], pictureOptions, metadata);
  const assumed = checkpoint.shipped
    ? []
    : [
        ...checkpoint.assumed,
        ...assumedOfPictures({ variant, classes, metadata, labels: asked.labels, pictureOptions, preprocessing }),
      ];
  const graph = buildGoogLeNet(variant, network);
  refuseHeadsOfOtherSize(graph, weights, open.examination, open.fit);
  if (!open.shipped) refuseFlaws(weights, open.examination, open.fit, open.where);
  const main = await backend.compile(checkpoint.statistics === undefined ? graph : watchGraph(graph), weights, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(done, total, 'compile') }),
  });
  return new LoadedGoogLeNet(
    checkpoint,
    {
      ...{ backend, graph, weights, labels, preprocessing, assumed, metadata, inputShape: [...input] },
      ...(checkpoint.download === undefined ? {} : { download: checkpoint.download }),
      pictureInput,
      style: variant,
      normalised: styleOf(variant).softmax,
      statistics: checkpoint.statistics,
      // Known of the shipped weights, by a test: finding out takes as long as some pictures.
      trusted: checkpoint.shipped,
    },
    main,
  );
}

class LoadedGoogLeNet extends LoadedNetwork implements GoogLeNet {
  readonly variant: GoogLeNet['variant'];
  readonly skipped: GoogLeNet['skipped'];
  readonly transformInput: GoogLeNet['transformInput'];

  constructor({ variant, skipped, network }: Checkpoint, parts: ModelParts, main: Executable) {
    super(parts, main);
    this.variant = variant;
    this.skipped = skipped;
    this.transformInput = styleOf(variant).transform === undefined ? undefined : network.transformInput;
  }
}
