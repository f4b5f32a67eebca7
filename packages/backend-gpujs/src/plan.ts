import {
  asFloat32,
  type ComputeKind,
  type Graph,
  GraphError,
  inferConcreteShapes,
  type Model,
  type NodeOf,
  nodesOf,
  type Shape,
} from '@strata/core';
import { chooseGrid } from './kernels/grid.js';
import type { KernelRequest, PlanWriter, Value } from './kernels/types.js';
import { loweringTable } from './lowerings/lowering-table.js';
import type { DeviceTraits } from './traits.js';

/** One kernel call of a plan. */
export interface KernelCall {
  readonly where: string;
  readonly source: string;
  /** gpu.js output size, x first. */
  readonly output: readonly number[];
  readonly constants: Readonly<Record<string, Float32Array>>;
  readonly reads: readonly Value[];
  /** Rounds of the longest loop. */
  readonly rounds: number;
}

/** A graph for fixed input shapes, as kernels in order. */
export interface Plan {
  /** Inputs that some kernel reads, in the order in which they are passed. */
  readonly inputs: readonly string[];
  readonly steps: readonly KernelCall[];
  /** The values of the graph's outputs, by name. */
  readonly outputs: ReadonlyMap<string, Value>;
}

/** Arrays that all plans of one program share. */
export type DerivedArrays = Map<string, Float32Array>;

/** Lowers the graph for these input shapes. Nothing is compiled yet. */
export function writePlan(
  { graph, weights }: Model,
  inputs: Readonly<Record<string, Shape>>,
  traits: DeviceTraits,
  derived: DerivedArrays,
): Plan {
  const shapes = inferConcreteShapes(graph, inputs);
  const values = new Map<string, Value>();
  const steps: KernelCall[] = [];
  const lookUp = (name: string): Value => values.get(name) ?? fail(name);
  const weightsOf = (name: string): Float32Array => {
    const { from } = lookUp(name);
    return from.kind === 'constant' ? from.data : fail(name);
  };
  const writer: PlanWriter = {
    style: traits.style,
    value: lookUp,
    weights: weightsOf,
    derive: (key, make) => {
      const found = derived.get(key) ?? make();
      derived.set(key, found);
      return found;
    },
    call: (where, request) => {
      steps.push(writeStep(where, request, traits));
      return { shape: request.shape, from: { kind: 'step', step: steps.length - 1 } };
    },
  };
  for (const node of graph.nodes) {
    const shape = shapes.get(node.name) ?? [];
    if (node.op === 'input') values.set(node.name, { shape, from: { kind: 'input', name: node.name } });
    else if (node.op === 'parameter') {
      values.set(node.name, { shape, from: { kind: 'constant', data: asFloat32(weights[node.name]) } });
    } else values.set(node.name, lower(node, writer));
  }
  return {
    inputs: inputsRead(graph, steps),
    steps,
    outputs: new Map(graph.outputs.map((name) => [name, lookUp(name)])),
  };
}

function lower<K extends ComputeKind>(node: NodeOf<K>, writer: PlanWriter): Value {
  return loweringTable[node.op](node, writer);
}

function inputsRead(graph: Graph, steps: readonly KernelCall[]): string[] {
  const read = new Set(
    steps.flatMap(({ reads }) => reads.flatMap(({ from }) => (from.kind === 'input' ? [from.name] : []))),
  );
  return nodesOf(graph, 'input')
    .map(({ name }) => name)
    .filter((name) => read.has(name));
}

/** The whole source text of a kernel: parameters, place of the thread, body. */
function writeStep(where: string, request: KernelRequest, { grid, exactDivision }: DeviceTraits): KernelCall {
  const { output, prelude } = chooseGrid(where, request.extent, grid, exactDivision);
  const constants = new Map(Object.entries(request.constants ?? {}));
  const names = new Map<string, string>();
  const reads: Value[] = [];
  const parameters: string[] = [];
  for (const [name, value] of Object.entries(request.reads)) {
    if (value.from.kind === 'constant') {
      constants.set(name, value.from.data);
      names.set(name, `this.constants.${name}`);
    } else {
      reads.push(value);
      parameters.push(name);
      names.set(name, name);
    }
  }
  const body = request.body(Object.fromEntries(names));
  const bounds = [...body.matchAll(/< (\d+); \w+\+\+/g)].map(([, bound]) => Number(bound));
  return {
    where,
    source: `function kernel(${parameters.join(', ')}) { ${prelude(body)} ${body} }`,
    output,
    constants: Object.fromEntries(constants),
    reads,
    rounds: Math.max(1, ...bounds),
  };
}

function fail(name: string): never {
  throw new GraphError({ where: name, got: 'no value of that name in the plan', want: 'an earlier node' });
}
