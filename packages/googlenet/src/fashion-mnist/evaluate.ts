import { InputError, type Tensor, tensor } from '@strata/core';
import type { GoogLeNet } from '../model/index.js';
import { styleOf } from '../network/index.js';
import { garmentSide } from '../preprocess/garment.js';
import { resizeBilinear } from '../preprocess/resize.js';
import { type FashionMnist, fashionMnistLabels, pictureBytes } from './load.js';
import { shippedTrainedOn, type TrainedOn } from './trained-on.js';

/** Options of `evaluateFashionMnist`. */
export interface EvaluateOptions {
  /** Most pictures to evaluate; all by default. */
  readonly limit?: number;
  /** Pictures in one run of the network. 32 by default. */
  readonly batch?: number;
  /** Pictures to leave out; by default those that the shipped weights were trained on, where the network has them. */
  readonly trainedOn?: TrainedOn;
  readonly signal?: AbortSignal;
  /** Called after every run, with the pictures evaluated so far. */
  onProgress?(done: number, total: number): void;
}

/** How good a network is on the pictures that were evaluated. */
export interface Evaluation {
  /** Share of the pictures whose most probable class is right. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Pictures evaluated. */
  readonly count: number;
  /** Pictures left out because the network was trained on them. */
  readonly seen: number;
}

/**
 * Accuracy and loss on pictures that the network was not trained on. `InputError` when none is left, and where a value of
 * the network is not finite.
 */
export async function evaluateFashionMnist(
  net: GoogLeNet,
  data: FashionMnist,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { limit = data.count, batch = 32, signal, onProgress } = options;
  checkWhole('limit', limit);
  checkWhole('batch', batch);
  checkNetwork(net);
  const trainedOn = options.trainedOn ?? (await trainedOnOf(net));
  const { chosen, seen } = choose(data, trainedOn, limit);
  if (chosen.length === 0) {
    throw new InputError({
      where: `the ${data.split} split`,
      got: seen > 0 ? `${seen} pictures that the network was trained on` : 'no pictures',
      want: 'pictures that it has not seen',
    });
  }
  let [right, loss] = [0, 0];
  for (let start = 0; start < chosen.length; start += batch) {
    const some = chosen.slice(start, start + batch);
    const { [net.graph.outputs[0]]: output } = await net.features(
      some.map((picture) => prepare(data, picture, net)),
      [net.graph.outputs[0]],
      { batch, ...(signal === undefined ? {} : { signal }) },
    );
    const normalised = styleOf(net.variant).softmax;
    for (const [row, picture] of some.entries()) {
      const [best, entropy] = judge(output, row, data.labels[picture], normalised);
      right += best === data.labels[picture] ? 1 : 0;
      loss += entropy;
    }
    onProgress?.(start + some.length, chosen.length);
  }
  return { accuracy: right / chosen.length, loss: loss / chosen.length, count: chosen.length, seen };
}

/** Indices of the first `limit` pictures that are not in the list, and how many before them are. */
function choose({ count, images }: FashionMnist, trainedOn: TrainedOn | undefined, limit: number) {
  const chosen: number[] = [];
  let seen = 0;
  for (let picture = 0; picture < count && chosen.length < limit; picture++) {
    const bytes = images.subarray(picture * pictureBytes, (picture + 1) * pictureBytes);
    if (trainedOn?.has(bytes) === true) seen++;
    else chosen.push(picture);
  }
  return { chosen, seen };
}

/** The list goes with the split that the shipped weights were trained on, whatever file they are read from. */
async function trainedOnOf({ metadata }: GoogLeNet): Promise<TrainedOn | undefined> {
  const isShipped =
    metadata.trained_on !== undefined || metadata.dataset?.startsWith('Fashion-MNIST, re-split') === true;
  return isShipped ? shippedTrainedOn() : undefined;
}

/** As `GoogLeNet.preprocessing` has it, but for the resizing: they are garments of 28×28 already. */
function prepare(
  { images }: FashionMnist,
  picture: number,
  { inputShape: [, height, width], preprocessing }: Pick<GoogLeNet, 'inputShape' | 'preprocessing'>,
): Tensor {
  const { scale, mean, std } = preprocessing ?? { scale: 1 / 255, mean: [0], std: [1] };
  const bytes = images.subarray(picture * pictureBytes, (picture + 1) * pictureBytes);
  const small = {
    data: Float32Array.from(bytes, (level) => (level * scale - mean[0]) / std[0]),
    width: garmentSide,
    height: garmentSide,
  };
  return tensor([1, height, width], resizeBilinear(small, width, height).data);
}

/** The largest class of a row, and the cross-entropy of the right one: log Σ exp xⱼ − x of the right, in float64. */
function judge({ shape: [, classes], data }: Tensor, row: number, label: number, normalised: boolean) {
  const values = Array.from(data.subarray(row * classes, (row + 1) * classes));
  const largest = Math.max(...values);
  const best = values.indexOf(largest);
  if (normalised) return [best, -Math.log(values[label])] as const;
  const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
  return [best, largest + Math.log(sum) - values[label]] as const;
}

function checkNetwork({ labels, inputShape, variant }: GoogLeNet): void {
  if (labels.length === fashionMnistLabels.length && inputShape[0] === 1) return;
  throw new InputError({
    where: `evaluate (${variant})`,
    got: `a network of ${inputShape[0]} channels and ${labels.length} classes`,
    want: '1 channel and 10 classes, as Fashion-MNIST has',
  });
}

function checkWhole(where: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new InputError({ where, got: String(count), want: 'a whole number of at least 1' });
}
