import {
  type Backend,
  type BackendOptions,
  type ComputeKind,
  defineBackend,
  type Graph,
  inferConcreteShapes,
  type NodeOf,
  type Selection,
  type Shape,
  type Tensor,
} from '@strata/core';
import { exactly, type Judged } from '@strata/core/reference';
import { loweringTable } from '../lowerings/lowering-table.js';

type Tensors = Readonly<Record<string, Tensor>>;

/** Computes in float64, and rounds once. One thread. */
export async function openJs(_options: BackendOptions, selection: Selection): Promise<Backend> {
  return defineBackend({
    report: {
      backend: 'abacus',
      device: 'js',
      library: { name: 'abacus', version: '1.0.0' },
      threads: 1,
      software: false,
      precision: 'float32',
      convolution: 'direct',
      ...selection,
    },
    gapOf: () => undefined,
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) => compute(graph, { ...weights, ...inputs }),
      release() {},
    }),
    release() {},
  });
}

function compute(graph: Graph, given: Tensors): Record<string, Tensor> {
  const shapes = inferConcreteShapes(
    graph,
    Object.fromEntries(graph.nodes.flatMap(({ op, name }) => (op === 'input' ? [[name, given[name].shape]] : []))),
  );
  const values = new Map<string, Judged>();
  const computed = (name: string): Judged => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`${name} was not computed`);
    return found;
  };
  for (const node of graph.nodes) {
    const { name } = node;
    const known = node.op === 'input' || node.op === 'parameter';
    values.set(name, known ? exactly(given[name]) : lower(node, node.inputs.map(computed), shapes.get(name) ?? []));
  }
  return Object.fromEntries(
    graph.outputs.map((name) => {
      const { shape, value } = computed(name);
      return [name, { shape, dtype: 'float32', data: Float32Array.from(value) }];
    }),
  );
}

function lower<K extends ComputeKind>(node: NodeOf<K>, inputs: readonly Judged[], shape: Shape): Judged {
  const bounds = { profile: 'float32', structured: false, convolution: 'direct', propagation: 'worst' } as const;
  return loweringTable[node.op](inputs, node.attributes, { shape, bounds });
}
