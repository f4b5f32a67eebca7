import {
  type Backend,
  type Graph,
  LayerBuilder,
  type Precision,
  type Tensor,
  type Value,
  type Weights,
} from '@strata/core';
import { agree, interpret } from '@strata/core/reference';

/** What a device really computes in, told from its results. Plain data. */
export interface PrecisionProbe {
  /** What the backend reports. */
  readonly declared: Precision;
  /** What its results show: the tightest arithmetic that explains them. */
  readonly shown: Precision;
  /** Worst error of products of four terms, in float32 units of roundoff of the sum of their magnitudes. */
  readonly worstUnits: number;
  /** The same as a share of the tolerance that the declared precision has. */
  readonly worst: number;
  /** Whether a number passes through a device unchanged: with half storage it does not. */
  readonly keepsNumbers: boolean;
  /** Whether the results are worse than the report says. */
  readonly lies: boolean;
}

const order: readonly Precision[] = ['float32', 'tf32', 'half'];

/** Terms of each sum: so few that rounding to 11 bits cannot hide among the roundings of a long one. */
const terms = 4;

/**
 * Short sums of operands with 24 significant bits. Operands that are cut to 11 bits on the way, as TF32 and half do,
 * miss by thousands of units where float32 misses by a few.
 */
export async function probePrecision(backend: Backend): Promise<PrecisionProbe> {
  const { x, weight, weights, sums, copy } = probeModels();
  const got = await runOnce(backend, sums, weights, x);
  const agreeAs = (profile: Precision) => {
    const judged = interpret(sums, weights, { x }, { profile }).get('linear');
    return judged === undefined ? undefined : agree(judged, got.data);
  };
  const shownBySums = order.find((profile) => agreeAs(profile)?.failed === 0) ?? 'half';
  const copied = await runOnce(backend, copy, {}, x);
  const keepsNumbers = copied.data.every((value, i) => value === x.data[i]);
  const shown = keepsNumbers ? shownBySums : 'half';
  const declared = backend.report.precision;
  return {
    declared,
    shown,
    worstUnits: worstUnits(x, weight, got),
    worst: agreeAs(declared)?.worst ?? Number.POSITIVE_INFINITY,
    keepsNumbers,
    lies: order.indexOf(shown) > order.indexOf(declared),
  };
}

/** Sums of products, and a copy: what the probe runs. */
export function probeModels() {
  const x = fullOperands([16, terms], 1);
  const weight = fullOperands([24, terms], 2);
  const weights = { 'linear.weight': weight };
  const graphOf = (build: (layers: LayerBuilder, value: Value) => Value): Graph => {
    const layers = new LayerBuilder();
    return layers.build([build(layers, layers.input('x', x.shape))]);
  };
  const sums = graphOf((layers, value) => layers.linear('linear', value, { features: 24, bias: false }));
  const copy = graphOf((layers, value) => layers.relu('relu', value));
  return { x, weight, weights, sums, copy };
}

/** The one output of a graph, compiled for this run alone. */
export async function runOnce(backend: Backend, graph: Graph, weights: Weights, x: Tensor): Promise<Tensor> {
  const executable = await backend.compile(graph, weights);
  try {
    const { [graph.outputs[0]]: got } = await executable.run({ x });
    return got;
  } finally {
    await executable.dispose();
  }
}

/** Numbers from 1 to 2 whose last bits are set, all different. */
function fullOperands(shape: readonly [rows: number, columns: number], start: number): Tensor {
  const [rows, columns] = shape;
  const data = Float32Array.from({ length: rows * columns }, (_, i) => {
    const bits = Math.imul(i + 1000 * start, 0x9e3779b1) >>> 9;
    return 1 + (bits | 1) / 2 ** 23;
  });
  return { shape, dtype: 'float32', data };
}

function worstUnits(x: Tensor, weight: Tensor, got: Tensor): number {
  const [outputs] = weight.shape;
  let worst = 0;
  for (let i = 0; i < got.data.length; i++) {
    const [row, output] = [Math.floor(i / outputs), i % outputs];
    let sum = 0;
    for (let k = 0; k < terms; k++) sum += x.data[row * terms + k] * weight.data[output * terms + k];
    worst = Math.max(worst, Math.abs(got.data[i] - sum) / (sum * 2 ** -24));
  }
  return worst;
}
