import {
  type Along,
  type Dim,
  type Graph,
  hasAxis,
  inferConcreteShapes,
  inferShapes,
  type KindWith,
  LayerBuilder,
  type NodeOf,
  type Shape,
  ShapeError,
  type Tensor,
  type Value,
} from '@strata/core';
import type fc from 'fast-check';
import type { Inputs, Trial } from '../trial.js';
import { fill, isStructured, type Values } from './values.js';

/** An input of a trial: how it is declared, and what it holds in each run. */
export interface GivenInput {
  readonly name: string;
  /** Sizes, or names of those that differ between runs. */
  readonly declared: readonly Dim[];
  readonly values: Values;
}

/** The parts of a trial that a generator chose. */
export interface Recipe {
  readonly inputs: readonly GivenInput[];
  /** What each open size is, run by run. */
  readonly runs: readonly Readonly<Record<string, number>>[];
  /** Values of each parameter by the end of its name (`'weight'`, `'variance'`), then by `'*'`. */
  readonly parameters: Readonly<Record<string, Values>>;
  /** Whether the graph's axes are counted from the end. Layers never write them so, but a graph is anyone's data. */
  readonly fromEnd?: boolean;
  /** Builds the layers on the declared inputs and returns the outputs. */
  build(layers: LayerBuilder, inputs: readonly Value[]): readonly Value[];
}

/** The trial that a recipe makes; `undefined` when its sizes do not fit (a window without one real pixel). */
export function compose({ inputs, runs, parameters, fromEnd = false, build }: Recipe): Trial | undefined {
  try {
    const layers = new LayerBuilder();
    const given = inputs.map(({ name, declared }) => layers.input(name, declared));
    const built = layers.build(build(layers, given));
    const graph = fromEnd ? countFromEnd(built) : built;
    const weights: [string, Tensor][] = [];
    const used: Values[] = inputs.map(({ values }) => values);
    for (const node of graph.nodes) {
      if (node.op !== 'parameter') continue;
      const values = differ(valuesFor(node.name, parameters), weights.length);
      used.push(values);
      weights.push([node.name, fill(node.attributes.shape, values)]);
    }
    const filled = runs.map(
      (sizes, run): Inputs =>
        Object.fromEntries(
          inputs.map(({ name, declared, values }) => [name, fill(bindSizes(declared, sizes), differ(values, run))]),
        ),
    );
    for (const run of filled) {
      inferConcreteShapes(graph, Object.fromEntries(Object.entries(run).map(([name, { shape }]) => [name, shape])));
    }
    return { graph, weights: Object.fromEntries(weights), runs: filled, structured: used.some(isStructured) };
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

/** The trials of recipes whose sizes fit. */
export function trialsOf(recipes: fc.Arbitrary<Recipe>): fc.Arbitrary<Trial> {
  return recipes.map(compose).filter((trial): trial is Trial => trial !== undefined);
}

/** The same graph, its axes negative; what lies behind the last axis has no such name. */
function countFromEnd(graph: Graph): Graph {
  const shapes = inferShapes(graph);
  const nodes = graph.nodes.map((node) => {
    if (!hasAxis(node)) return node;
    const rank = shapes.get(node.inputs[0])?.length ?? 0;
    const { axis } = node.attributes;
    return axis < rank ? withAxis(node, axis - rank) : node;
  });
  return { ...graph, nodes };
}

function withAxis<K extends KindWith<Along>>(node: NodeOf<K>, axis: number): NodeOf<K> {
  return { ...node, attributes: { ...node.attributes, axis } };
}

function bindSizes(declared: readonly Dim[], sizes: Readonly<Record<string, number>>): Shape {
  return declared.map((size) => (typeof size === 'number' ? size : sizes[size]));
}

/** Another seed for each tensor that shares these values. */
function differ(values: Values, index: number): Values {
  return { ...values, seed: values.seed + 7919 * index };
}

function valuesFor(name: string, parameters: Readonly<Record<string, Values>>): Values {
  return parameters[name.slice(name.lastIndexOf('.') + 1)] ?? parameters['*'];
}
