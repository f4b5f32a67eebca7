import { GraphError } from '../errors.js';
import { describeNode, type Graph, type Node, type NodeOf, nodesOf } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { Fans } from '../ops/op-spec.js';
import { computeKinds, type OpKind, opTable, parameterRole } from '../ops/op-table.js';
import { countElements, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { createRandom, type Random } from './random.js';
import type { Weights } from './weights.js';

/** How weights are drawn: Kaiming or Xavier, from a uniform or a normal distribution. */
export type InitialisationScheme = 'kaiming-uniform' | 'kaiming-normal' | 'xavier-uniform' | 'xavier-normal';

/** Options of `initialiseWeights`. */
export interface InitialiseOptions {
  readonly scheme: InitialisationScheme;
  /** A whole number. The same seed gives the same weights on every machine. */
  readonly seed: number;
}

/**
 * First weights for training or tests, as the specs of the ops that read them say: weights of conv2d and linear are
 * drawn by the scheme; biases are 0; batch norm starts as identity (scale 1, shift 0, mean 0, variance 1). Each
 * parameter has its own stream of the seed and its name, so it keeps its values when others are added. `GraphError` for
 * a parameter that no such op reads, or that is read as two different things.
 *
 * With fan in = inputs of one output, fan out = outputs that one input reaches (both within a group of a convolution):
 * - Kaiming (He et al. 2015, for relu): uniform within ±√(6 / fan in), or normal with variance 2 / fan in
 * - Xavier (Glorot and Bengio 2010): ±√(6 / (fan in + fan out)), or variance 2 / (fan in + fan out)
 */
export function initialiseWeights(graph: Graph, { scheme, seed }: InitialiseOptions): Weights {
  if (!Number.isSafeInteger(seed)) {
    throw new GraphError({ where: 'initialiseWeights', got: `seed ${seed}`, want: 'a whole number' });
  }
  const readers = readersOf(graph);
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map((parameter): [string, Tensor] => {
      const { shape } = parameter.attributes;
      const start = findStart(parameter, readers.get(parameter.name) ?? []);
      const data = new Float32Array(countElements(shape));
      if (start === 'one') data.fill(1);
      if (typeof start === 'object') draw(data, scheme, start, createRandom(`${seed}:${parameter.name}`));
      return [parameter.name, { shape: [...shape], dtype: 'float32', data }];
    }),
  );
}

/** How a parameter starts: with one number throughout, or drawn for these fans. */
type Start = 'zero' | 'one' | Fans;

function findStart(parameter: NodeOf<'parameter'>, readers: readonly Node[]): Start {
  const { shape } = parameter.attributes;
  const starts = readers.flatMap((reader) =>
    reader.inputs.flatMap((input, position) => (input === parameter.name ? [startOf(reader, position, shape)] : [])),
  );
  const [first] = starts;
  if (first !== undefined && starts.every((start) => sameStart(start, first))) return first;
  throw new GraphError({
    where: describeNode(parameter),
    got: readers.length === 0 ? 'no reader' : `read by ${readers.map(describeNode).join(' and ')}`,
    want: `one use as weights, bias or statistic of ${listTakers()}`,
    hint: 'give this tensor yourself',
  });
}

function startOf<K extends OpKind>(reader: NodeOf<K>, position: number, shape: Shape): Start | undefined {
  const start = parameterRole(reader.op, position)?.start;
  return typeof start === 'function' ? start(reader.attributes, shape) : start;
}

function sameStart(a: Start | undefined, b: Start): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.fanIn === b.fanIn && a.fanOut === b.fanOut;
}

/** `conv2d, linear or batchNorm`: the ops that take parameters. */
function listTakers(): string {
  const takers = computeKinds.filter((kind) => Object.keys(opTable[kind].parameters).length > 0);
  return takers.join(', ').replace(/, (\w+)$/, ' or $1');
}

function draw(data: Float32Array, scheme: InitialisationScheme, { fanIn, fanOut }: Fans, random: Random): void {
  const variance = scheme.startsWith('kaiming') ? 2 / fanIn : 2 / (fanIn + fanOut);
  const deviation = Math.sqrt(variance);
  const bound = Math.sqrt(3 * variance);
  const next = scheme.endsWith('uniform')
    ? () => bound * (2 * random.uniform() - 1)
    : () => deviation * random.normal();
  for (let i = 0; i < data.length; i++) data[i] = next();
}
