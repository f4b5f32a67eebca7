import { createHash } from 'node:crypto';
import { StrataError, WeightsError } from '@strata/core';
import { type Identity, identify, isWeightsFormat, wayOut } from '@strata/formats/identify';
import { openWeights, type StoredTensor, type WeightsFile } from '@strata/formats/weights';
import { type CheckpointDescription, describeCheckpoint } from '@strata/googlenet';
import { findPublished } from '../files/find-published.js';
import { describeArray } from './arrays.js';
import type { About, Inspection, Look } from './types.js';

/** Looks at a file, of which the bytes are given. */
export async function look(file: string, bytes: Uint8Array): Promise<Look> {
  const identity = identify(bytes);
  const { format, name, isCut } = identity;
  const inspection: Inspection = {
    file,
    format,
    producer: null,
    opset: null,
    variant: null,
    runnerUp: null,
    likeness: null,
    transformInput: null,
    heads: null,
    parameters: null,
    prefix: null,
    container: null,
    tensors: null,
    metadata: null,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const about: About = { name, bytes: bytes.length };
  const isDamaged = isCut || ['empty', 'zeros', 'unknown'].includes(format);
  if (isDamaged && !isWeightsFormat(format)) return { inspection, about, refusal: damaged(file, identity) };
  try {
    if (!isWeightsFormat(format) && format !== 'pickle') {
      return {
        inspection: { ...inspection, ...describeArray(file, bytes, format) },
        about: { ...about, way: wayOut(identity) },
      };
    }
    const opened = await openWeights(bytes, file);
    const checkpoint = describeCheckpoint(opened, file);
    const found = { ...inspection, ...describe(opened, checkpoint) };
    const published = await findPublished(file);
    const said = published?.transformInput === true ? true : null;
    return {
      inspection: { ...found, transformInput: found.transformInput ?? said },
      about: { ...about, checkpoint, published },
    };
  } catch (error) {
    if (error instanceof StrataError) return { inspection, about, refusal: error };
    throw error;
  }
}

function damaged(where: string, identity: Identity): WeightsError {
  const hint = wayOut(identity);
  const got = identity.name;
  return new WeightsError({ where, got, want: 'a whole file of a kind that is known', ...(hint && { hint }) });
}

function describe(file: WeightsFile, checkpoint: CheckpointDescription): Partial<Inspection> {
  const { variant, runnerUp, likeness, transformInput, heads, parameters } = checkpoint;
  const prefix = `${file.prefix ?? ''}${checkpoint.prefix}`;
  const tensors = [...file.tensors].map(([name, { shape, dtype, byteLength }]) => ({
    name,
    shape,
    dtype,
    bytes: byteLength,
  }));
  const hasMetadata = file.format === 'safetensors' || file.format === 'onnx';
  return {
    producer: file.producer ?? null,
    opset: file.network?.opset ?? null,
    variant: variant ?? null,
    runnerUp: runnerUp?.variant ?? null,
    likeness: variant === undefined ? null : { variant: likeness, runnerUp: runnerUp?.likeness ?? null },
    transformInput: transformInput === undefined ? null : transformInput === 'on',
    heads: variant === undefined ? null : heads,
    parameters: variant === undefined ? countFloats(file.tensors.values()) : parameters,
    prefix: prefix === '' ? null : prefix,
    container: file.container ?? null,
    tensors,
    metadata: hasMetadata ? file.metadata : null,
  };
}

function countFloats(tensors: Iterable<StoredTensor>): number {
  return [...tensors]
    .filter(({ dtype }) => /float|complex/.test(dtype))
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}
