import { imageNetMean, imageNetStd, parseVariant, type Variant } from '../network/variants.js';
import { checkPreprocessing } from './check-preprocessing.js';
import { metadataPreprocessing } from './metadata-preprocessing.js';
import type { ChannelOrder, Preprocessing, ResizeRule } from './preprocessing-types.js';

/** What a caller says of pre-processing; the rest is as the weights' metadata says, else as the variant has it. */
export interface PreprocessingOptions {
  /** Mean and deviation keep to their colours where they are not given, too. */
  readonly channels?: ChannelOrder | undefined;
  readonly resize?: ResizeRule | undefined;
  /** Where only this is given, the mean is 0 and the deviation 1: those of the variant are in another unit. */
  readonly scale?: number | undefined;
  readonly mean?: readonly number[] | undefined;
  readonly std?: readonly number[] | undefined;
}

const [zeros, ones] = [
  [0, 0, 0],
  [1, 1, 1],
] as const;

/** Of three channels. Plain networks take [0, 1]. */
const plain: Preprocessing = { channels: 'rgb', resize: 'torchvision', scale: 1 / 255, mean: zeros, std: ones };

/** Of three channels, by variant. */
export const colourPreprocessing: Readonly<Record<Variant, Preprocessing>> = {
  seed: plain,
  d2l: plain,
  // The mean_value of its train_val.prototxt.
  bvlc: { channels: 'bgr', resize: 'caffe', scale: 1, mean: [104, 117, 123], std: ones },
  torchvision: { ...plain, mean: imageNetMean, std: imageNetStd },
};

/** Of one channel, as Fashion-MNIST's. */
const garment: Preprocessing = { channels: 'grey', resize: 'garment', scale: 1 / 255, mean: [0], std: [1] };

/**
 * Of one channel. The mean of a grey picture is the luma of the colours' means; its deviation is none of theirs, and
 * their mean is the usual choice.
 */
const ofGrey: Readonly<Record<Variant, Preprocessing>> = {
  seed: garment,
  d2l: garment,
  bvlc: { channels: 'grey', resize: 'caffe', scale: 1, mean: [117.31], std: [1] },
  torchvision: { channels: 'grey', resize: 'torchvision', scale: 1 / 255, mean: [0.459], std: [0.226] },
};

/** The pre-processing of a variant's networks of 1 or 3 channels; `undefined` for other numbers of channels. */
export function defaultPreprocessing(variant: Variant, channels: number): Preprocessing | undefined {
  const own = parseVariant(variant);
  if (channels === 1) return ofGrey[own];
  return channels === 3 ? colourPreprocessing[own] : undefined;
}

/**
 * How pictures become a network's input of so many channels. `undefined` where nothing says it, which is for other numbers
 * than 1 and 3; such a network takes tensors. `InputError` for options that do not fit, `WeightsError` for metadata.
 */
export function resolvePreprocessing(
  variant: Variant,
  channels: number,
  options: PreprocessingOptions = {},
  metadata: Readonly<Record<string, string>> = {},
): Preprocessing | undefined {
  const base = metadataPreprocessing(metadata, channels) ?? defaultPreprocessing(variant, channels);
  if (base === undefined) return undefined;
  const order = options.channels ?? base.channels;
  // Reversed, red is blue.
  const keep = (values: readonly number[]) => (order === base.channels ? values : values.toReversed());
  const sameUnit = options.scale === undefined || options.scale === base.scale;
  return checkPreprocessing(
    {
      channels: order,
      resize: options.resize ?? base.resize,
      scale: options.scale ?? base.scale,
      mean: options.mean ?? (sameUnit ? keep(base.mean) : zeros.slice(0, channels)),
      std: options.std ?? (sameUnit ? keep(base.std) : ones.slice(0, channels)),
    },
    channels,
  );
}

/** The options of pre-processing among others, in memory of their own. */
export function pickPreprocessing({ channels, resize, scale, mean, std }: PreprocessingOptions): PreprocessingOptions {
  // What is no list is told when it is checked.
  const copy = (values: readonly number[] | undefined) => (Array.isArray(values) ? [...values] : values);
  return { channels, resize, scale, mean: copy(mean), std: copy(std) };
}

/**
 * What neither the caller nor the weights' metadata said of pre-processing, so that the variant's is assumed. The shipped
 * weights say it in words, behind the size in `input` (`1x96x96, grey in [0,1], …`).
 */
export function assumedPreprocessing(
  options: PreprocessingOptions,
  metadata: Readonly<Record<string, string>>,
): readonly (keyof Preprocessing)[] {
  if (metadata.preprocessing !== undefined || /^[\dx×]+, /.test(metadata.input ?? '')) return [];
  const parts = ['channels', 'resize', 'scale', 'mean', 'std'] as const;
  return parts.filter((part) => options[part] === undefined);
}

/** In one line, for messages: `rgb, resized as torchvision does, (pixel · 0.00392157 − 0.485 0.456 0.406) / 0.229 0.224 0.225`. */
export function describePreprocessing({ channels, resize, scale, mean, std }: Preprocessing): string {
  const rules = {
    torchvision: 'resized as torchvision does',
    caffe: 'resized as Caffe does',
    whole: 'resized as a whole',
    garment: "made like Fashion-MNIST's",
  };
  const list = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(6))).join(' ');
  return `${channels}, ${rules[resize]}, (pixel · ${list([scale])} − ${list(mean)}) / ${list(std)}`;
}
