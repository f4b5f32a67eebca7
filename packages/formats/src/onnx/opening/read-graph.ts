import { WeightsError } from '@strata/core';
import { quoteName } from '../../quote-name.js';
import { resolveConstants } from './constants.js';
import type { ModelFile } from './model-file.js';
import { type ReadNode, readNode } from './read-node.js';
import { readTensor } from './read-tensor.js';
import { readValue } from './read-value.js';
import type { OnnxFile, OnnxTensor, OnnxValue } from './types.js';

/** Fields of `GraphProto` in `onnx.proto`. */
const field = { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparseInitializer: 15 } as const;

/** What the outermost graph says. */
export type ReadGraph = Pick<OnnxFile, 'name' | 'inputs' | 'outputs' | 'nodes' | 'constants' | 'tensors'>;

/** A `GraphProto`. `WeightsError` where a name stands for two values. */
export function readGraph(file: ModelFile, message: Uint8Array, opsets: ReadonlyMap<string, number>): ReadGraph {
  const nodes: ReadNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  let name = '';
  file.visit(message, 'graph', (part) => {
    if (part.number === field.node) nodes.push(readNode(file, part.bytes(), { index: nodes.length, opsets }));
    else if (part.number === field.name) name = part.text();
    else if (part.number === field.initializer) addInitialiser(file, part.bytes(), tensors);
    else if (part.number === field.input) inputs.push(readValue(file, part.bytes(), 'an input'));
    else if (part.number === field.output) outputs.push(readValue(file, part.bytes(), 'an output'));
    else if (part.number === field.sparseInitializer) {
      throw new WeightsError({ where: file.where, got: 'sparse weights', want: 'weights that list every value' });
    }
  });
  // Until 2019 every initialiser was an input as well.
  const given = inputs.filter((input) => !tensors.has(input.name));
  requireOneEach(file, [
    ...[...tensors.keys(), ...given.map((input) => input.name)],
    ...nodes.flatMap((node) => node.outputs.filter((output) => output !== '')),
  ]);
  return { name, inputs: given, outputs, tensors, ...resolveConstants(nodes, tensors) };
}

function addInitialiser(file: ModelFile, message: Uint8Array, tensors: Map<string, OnnxTensor>): void {
  const what = `initialiser ${tensors.size}`;
  const { name, tensor } = readTensor(file, message, what);
  if (name === '') throw file.damaged(what, 'no name', 'one');
  if (tensors.has(name)) throw twice(file, name);
  tensors.set(name, tensor);
}

function requireOneEach(file: ModelFile, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw twice(file, name);
    seen.add(name);
  }
}

function twice(file: ModelFile, name: string): WeightsError {
  return file.damaged('graph', `the name ${quoteName(name)} for two values`, 'each name once');
}
