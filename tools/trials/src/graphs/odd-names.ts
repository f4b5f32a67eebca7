import type { Dim, Graph, Node, Tensor } from '@strata/core';
import fc from 'fast-check';
import type { Trial } from '../trial.js';
import { graphTrials } from './random-graph.js';

/**
 * Names that plain objects, languages and libraries trip over: what every object inherits, numbers, blanks, quotes,
 * text that ends in C or is no valid Unicode, and names that libraries might themselves make.
 */
export const oddNames: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'prototype',
  'length',
  'toJSON',
  'then',
  '0',
  '7',
  '-1',
  '1e3',
  'NaN',
  'null',
  'undefined',
  ' ',
  "it's",
  '"',
  '\\',
  '/',
  '..',
  'a:output',
  'a\u0000b',
  'a\u0000c',
  '\n',
  'é',
  'e\u0301',
  '层',
  '🦊',
  '\ud83e',
  '\udd8a',
  '\u202e',
];

/** Random graphs whose nodes and open sizes have such names, in any order. */
export const oddlyNamedTrials: fc.Arbitrary<Trial> = fc
  .tuple(graphTrials, fc.shuffledSubarray([...oddNames], { minLength: oddNames.length }))
  .map(([trial, names]) => renameInTurn(trial, names));

/** The nodes take the names in turn, from the outputs backwards; those left over keep theirs. So do the open sizes. */
function renameInTurn(trial: Trial, names: readonly string[]): Trial {
  const { graph } = trial;
  const ofNodes = new Map(graph.nodes.toReversed().map(({ name }, i) => [name, names[i] ?? `plain ${name}`]));
  const sizes = [...new Set(graph.nodes.flatMap(openSizes))];
  return renameTrial(trial, ofNodes, new Map(sizes.map((size, i) => [size, names[i]])));
}

/** The same trial with other names of nodes and of open sizes, as far as they are in the maps. */
export function renameTrial(
  { graph, weights, runs, ...rest }: Trial,
  ofNodes: ReadonlyMap<string, string>,
  ofSizes: ReadonlyMap<string, string> = new Map(),
): Trial {
  const rename = (name: string) => ofNodes.get(name) ?? name;
  const renameKeys = (record: Readonly<Record<string, Tensor>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
  const renamed: Graph = {
    nodes: graph.nodes.map((node) => {
      const { name, inputs } = node;
      return renameSizes({ ...node, name: rename(name), inputs: inputs.map(rename) }, ofSizes);
    }),
    outputs: graph.outputs.map(rename),
  };
  return { ...rest, graph: renamed, weights: renameKeys(weights), runs: runs.map(renameKeys) };
}

function openSizes(node: Node): string[] {
  return node.op === 'input' ? node.attributes.shape.filter((size) => typeof size === 'string') : [];
}

function renameSizes(node: Node, names: ReadonlyMap<string, string>): Node {
  if (node.op !== 'input') return node;
  const shape = node.attributes.shape.map((size): Dim => (typeof size === 'string' ? (names.get(size) ?? size) : size));
  return { ...node, attributes: { ...node.attributes, shape } };
}
