import type { Shape } from '@strata/core';
import { type ChannelOrder, isVariant, type ResizeRule, type Variant, variantNames } from '@strata/googlenet';
import { UsageError } from './usage-error.js';

/** The options that every command has. */
export interface OutputWords {
  readonly json?: true;
  /** Whether errors are followed by their stack and its causes. */
  readonly debug?: true;
}

/** Which network, with which weights. */
export interface NetworkWords {
  /** By default what the weights are for. */
  readonly variant?: string;
  /** A file or URL, in any format that is read; the shipped weights by default. */
  readonly weights?: string;
  /** torchvision's `transform_input`; what the weights say by default, else off. */
  readonly transformInput?: boolean;
}

/** A network of another program in the place of a GoogLeNet. */
export interface ModelWords {
  /** A file or URL, a classifier in ONNX. */
  readonly model?: string;
}

/** What pictures become; what is not said is as the weights say, else as the variant has it. */
export interface PictureWords {
  /** [channels, height, width]. */
  readonly input?: Shape;
  /** A file of labels. */
  readonly labels?: string;
  readonly resize?: ResizeRule;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly scale?: number;
  readonly channels?: ChannelOrder;
}

/** The variant of that name, if one is named. `UsageError` lists the names there are. */
export function parseVariantWord({ variant }: Pick<NetworkWords, 'variant'>): Variant | undefined {
  if (variant === undefined || isVariant(variant)) return variant;
  throw new UsageError({ where: '--variant', got: `'${variant}'`, want: variantNames.join(', ') });
}
