import { type Backend, type Graph, type Shape, sameShape, type Tensor, type Weights } from '@strata/core';
import { buildGoogLeNet, parseVariant, pictureInput, translateWeights } from '@strata/googlenet';
import { goldenInput, goldenWeights } from './formula.js';
import type { Golden, GoldenBlock } from './golden.js';

/** How far a block's largest miss may be from zero, as a share of the block's largest value. */
export const goldenLimit = 1e-4;

/** How one stage of a network agrees with its golden. */
export interface BlockResult {
  readonly name: string;
  readonly passed: boolean;
  readonly shape: Shape;
  readonly wantShape: Shape;
  /**
   * Largest |got − want| over the samples, the block's mean and its absmax, as a share of absmax. Infinite for a NaN.
   */
  readonly worst: number;
  /** Where that miss was: `element 17`, `mean` or `absmax`. */
  readonly worstAt: string;
}

/** A golden's network, ready for any backend. */
export interface GoldenModel {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Stages that the golden has samples of. */
  readonly outputs: readonly string[];
}

export function goldenModel(golden: Golden): GoldenModel {
  const variant = parseVariant(golden.variant);
  const [, ...input] = golden.input;
  return {
    graph: buildGoogLeNet(variant, { input }),
    weights: translateWeights(variant, goldenWeights(golden)).weights,
    inputs: { [pictureInput]: goldenInput(golden) },
    outputs: golden.blocks.map(({ name }) => name),
  };
}

/** Runs a golden's network on a backend with all its stages observed, and compares each with the float64 samples. */
export async function checkGolden(golden: Golden, backend: Backend): Promise<BlockResult[]> {
  const { graph, weights, inputs, outputs } = goldenModel(golden);
  const executable = await backend.compile(graph, weights, { outputs });
  try {
    const got = await executable.run(inputs);
    return golden.blocks.map((block) => compareBlock(block, got[block.name]));
  } finally {
    await executable.dispose();
  }
}

/** How a stage's value agrees with the golden's samples and statistics of it. */
export function compareBlock(
  { name, shape: wantShape, mean, absmax, index, value }: GoldenBlock,
  got: Tensor,
): BlockResult {
  const { shape, data } = got;
  if (!sameShape(shape, wantShape)) {
    return { name, passed: false, shape, wantShape, worst: Number.POSITIVE_INFINITY, worstAt: 'shape' };
  }
  const misses = [
    ...index.map((position, i) => ({ at: `element ${position}`, miss: data[position] - value[i] })),
    { at: 'mean', miss: meanOf(data) - mean },
    { at: 'absmax', miss: absmaxOf(data) - absmax },
  ].map(({ at, miss }) => ({ at, share: Number.isNaN(miss) ? Number.POSITIVE_INFINITY : Math.abs(miss) / absmax }));
  const { share: worst, at: worstAt } = misses.reduce((a, b) => (b.share > a.share ? b : a));
  return { name, passed: worst <= goldenLimit, shape, wantShape, worst, worstAt };
}

function meanOf(data: Tensor['data']): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  return sum / data.length;
}

/** NaN when any element is. */
function absmaxOf(data: Tensor['data']): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]));
  return largest;
}
