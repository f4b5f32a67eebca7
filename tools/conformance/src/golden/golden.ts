import type { Shape } from '@strata/core';
import { readArray, readNumber, readNumbers, readRecord, readText } from '../json.js';

/** What a float64 run of PyTorch gave for one network, sampled at its stages. */
export interface Golden {
  readonly variant: string;
  /** The seed of the formula that gives weights and picture. */
  readonly seed: number;
  /** [N,C,H,W] of the picture. */
  readonly input: Shape;
  /** Trainable numbers in the source's own network, auxiliary heads included. */
  readonly parameters: number;
  /** All floating-point tensors in the source's order and under its names. */
  readonly tensors: readonly { readonly name: string; readonly shape: Shape }[];
  readonly blocks: readonly GoldenBlock[];
}

/** One stage's value: its statistics, and samples of it. */
export interface GoldenBlock {
  /** Stage name, `pool1`. */
  readonly name: string;
  readonly shape: Shape;
  readonly mean: number;
  readonly absmax: number;
  /** Row-major positions of the samples. */
  readonly index: readonly number[];
  readonly value: readonly number[];
}

/** Reads a golden file. Throws `InputError` that names what is wrong in it. */
export function parseGolden(text: string, where: string): Golden {
  const fields = readRecord(JSON.parse(text), where);
  return {
    variant: readText(fields.variant, `${where}: variant`),
    seed: readNumber(fields.seed, `${where}: seed`),
    input: readNumbers(fields.input, `${where}: input`),
    parameters: readNumber(fields.parameters, `${where}: parameters`),
    tensors: readArray(fields.tensors, `${where}: tensors`).map((entry) => {
      const [name, shape] = readArray(entry, `${where}: tensors`);
      return { name: readText(name, `${where}: tensors`), shape: readNumbers(shape, `${where}: ${String(name)}`) };
    }),
    blocks: Object.entries(readRecord(fields.blocks, `${where}: blocks`)).map(([name, block]) =>
      parseBlock(name, readRecord(block, `${where}: ${name}`), `${where}: ${name}`),
    ),
  };
}

function parseBlock(name: string, fields: Readonly<Record<string, unknown>>, where: string): GoldenBlock {
  return {
    name,
    shape: readNumbers(fields.shape, `${where}: shape`),
    mean: readNumber(fields.mean, `${where}: mean`),
    absmax: readNumber(fields.absmax, `${where}: absmax`),
    index: readNumbers(fields.index, `${where}: index`),
    value: readNumbers(fields.value, `${where}: value`),
  };
}
