import { isConcrete } from '@strata/core';
import type { OnnxFile, OnnxFileNode, OnnxValue } from '../opening/types.js';
import type { OnnxAssumption } from './types.js';
import type { NetworkWriter } from './write-network.js';

/** Writes the inputs in the file's order, a batch of 1 by that name. Tells of those that are left out. */
export function writeInputs(
  writer: NetworkWriter,
  { inputs, outputs }: OnnxFile,
  nodes: readonly OnnxFileNode[],
  batch: string | undefined,
): readonly OnnxAssumption[] {
  const read = new Set([...nodes.flatMap((node) => node.inputs), ...outputs.map(({ name }) => name)]);
  return inputs.flatMap((input): readonly OnnxAssumption[] => {
    const reason = misfit(input);
    if (reason === undefined) writeInput(writer, input, batch);
    else writer.refuseInput(input.name, reason);
    if (reason === undefined || read.has(input.name)) return [];
    return [{ about: 'inputs', text: `the input '${input.name}' is left out: nothing reads it` }];
  });
}

function writeInput(writer: NetworkWriter, { name, shape = [] }: OnnxValue, batch: string | undefined): void {
  if (batch === undefined) writer.input(name, shape);
  // Devices that compile for sizes then warm up with those of the file.
  else writer.input(name, [batch, ...shape.slice(1)], isConcrete(shape) ? shape : undefined);
}

/** Why a network of ours cannot have that input. */
function misfit({ name, dtype, shape }: OnnxValue): string | undefined {
  if (name === '') return 'an input without a name';
  if (dtype !== 'float32') return `an input of ${dtype ?? 'no type'}, want float32`;
  if (shape === undefined) return 'an input without a shape, want its sizes or their names';
  return shape.includes(0) ? `an input of shape [${shape}], want sizes of 1 or more` : undefined;
}
