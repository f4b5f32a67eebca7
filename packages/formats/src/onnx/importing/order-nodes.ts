import { WeightsError } from '@strata/core';
import { quoteName } from '../../quote-name.js';
import type { OnnxFile, OnnxFileNode } from '../opening/types.js';

/**
 * The nodes that the outputs need, each behind those that it reads; the file's own order where that is one. Throws
 * `WeightsError` for a value that nothing makes and for a cycle.
 */
export function orderNodes({ nodes, inputs, outputs, constants }: OnnxFile, where: string): readonly OnnxFileNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const given = new Set([...constants.keys(), ...inputs.map(({ name }) => name)]);
  const state = new Map<OnnxFileNode, 'open' | 'done'>();
  const ordered: OnnxFileNode[] = [];
  const makerOf = (name: string, reader: string): OnnxFileNode | undefined => {
    if (name === '' || given.has(name)) return undefined;
    const maker = makers.get(name);
    if (maker !== undefined) return maker;
    throw damaged(`${where}: ${reader}`, `the value ${quoteName(name)}, which nothing makes`);
  };
  // By hand: networks are deeper than a call stack.
  for (const output of outputs) {
    const first = makerOf(output.name, 'outputs');
    const stack = first === undefined || state.has(first) ? [] : [{ node: first, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { node } = top;
      state.set(node, 'open');
      if (top.next === node.inputs.length) {
        state.set(node, 'done');
        ordered.push(node);
        stack.pop();
        continue;
      }
      const maker = makerOf(node.inputs[top.next], nameOf(node));
      top.next++;
      if (maker === undefined || state.get(maker) === 'done') continue;
      if (state.get(maker) === 'open') throw damaged(`${where}: ${nameOf(maker)}`, 'a node that needs its own value');
      stack.push({ node: maker, next: 0 });
    }
  }
  const needed = nodes.filter((node) => state.has(node));
  return isSorted(needed, makers) ? needed : ordered;
}

/** Whether every node stands behind those that it reads, as ONNX asks. */
function isSorted(nodes: readonly OnnxFileNode[], makers: ReadonlyMap<string, OnnxFileNode>): boolean {
  const seen = new Set<OnnxFileNode>();
  return nodes.every((node) => {
    const follows = node.inputs.every((name) => {
      const maker = makers.get(name);
      return maker === undefined || seen.has(maker);
    });
    seen.add(node);
    return follows;
  });
}

function nameOf({ name, op }: OnnxFileNode): string {
  return `${quoteName(name)} (${op})`;
}

function damaged(where: string, got: string): WeightsError {
  return new WeightsError({ where, got, want: 'nodes that follow from the inputs', hint: 'the file is damaged' });
}
