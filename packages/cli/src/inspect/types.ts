import type { StrataError } from '@strata/core';
import type { CheckpointDescription } from '@strata/googlenet';
import type { Pretrained } from '@strata/googlenet/pretrained';

/** What `strata inspect --json` prints; null is what the format does not have, or the file does not say. */
export interface Inspection {
  readonly file: string;
  readonly format: string;
  readonly producer: string | null;
  readonly opset: number | null;
  readonly variant: string | null;
  readonly runnerUp: string | null;
  /** How well names and shapes fit the variant and its runner-up, from 0 to 1. */
  readonly likeness: { readonly variant: number; readonly runnerUp: number | null } | null;
  /** As the file says, or its publisher. */
  readonly transformInput: boolean | null;
  readonly heads: boolean | null;
  /** Learned numbers of a GoogLeNet; of other weights, all numbers that are not whole ones. */
  readonly parameters: number | null;
  readonly prefix: string | null;
  readonly container: string | null;
  readonly tensors: readonly ListedTensor[] | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly sha256: string;
}

/** A tensor of the file. */
export interface ListedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: number;
}

/** What is told to people besides. */
export interface About {
  /** `a PyTorch checkpoint`. */
  readonly name: string;
  readonly bytes: number;
  readonly checkpoint?: CheckpointDescription | undefined;
  /** Whose it is, where it is a file that `strata download` fetches. */
  readonly published?: Pretrained | undefined;
  /** What to do with it, where it stands in another file's place. */
  readonly way?: string | undefined;
}

/** What was found out; `refusal` says why no more was, where the file is damaged or its weights are refused. */
export interface Look {
  readonly inspection: Inspection;
  readonly about: About;
  readonly refusal?: StrataError | undefined;
}
