import { GraphError } from '../errors.js';
import { describeNode, type Graph, type Node, type NodeOf, nodesOf } from '../graph/graph.js';
import { readersOf } from '../graph/walk.js';
import type { OpKind } from '../ops/types.js';
import { countElements } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { createRandom, type Random } from './random.js';
import type { Weights } from './weights.js';

export type InitialisationScheme = 'kaiming-uniform' | 'kaiming-normal' | 'xavier-uniform' | 'xavier-normal';

export interface InitialiseOptions {
  readonly scheme: InitialisationScheme;
  /** A whole number. The same seed gives the same weights on every machine. */
  readonly seed: number;
}

type Role = 'weights' | 'zero' | 'one';

/** What a parameter is to the op that reads it, by the position of the input. Position 0 is the picture or features. */
const roles: Readonly<Partial<Record<OpKind, readonly (Role | undefined)[]>>> = {
  conv2d: [undefined, 'weights', 'zero'],
  linear: [undefined, 'weights', 'zero'],
  batchNorm: [undefined, 'one', 'zero', 'zero', 'one'],
};

/**
 * First weights for training or tests. Weights of conv2d and linear are drawn by the scheme; biases are 0; batch norm
 * starts as identity (scale 1, shift 0, mean 0, variance 1). Each parameter has its own stream of the seed and its
 * name, so it keeps its values when others are added. `GraphError` for a parameter that no such op reads, or that is
 * read as two different things.
 *
 * With fan in = inputs of one output, fan out = outputs that one input reaches (both within a group of a convolution):
 * - Kaiming (He et al. 2015, for relu): uniform within ±√(6 / fan in), or normal with variance 2 / fan in
 * - Xavier (Glorot and Bengio 2010): ±√(6 / (fan in + fan out)), or variance 2 / (fan in + fan out)
 *
 * PyTorch does not divide fan out by the groups.
 */
export function initialiseWeights(graph: Graph, { scheme, seed }: InitialiseOptions): Weights {
  if (!Number.isSafeInteger(seed)) {
    throw new GraphError({ where: 'initialiseWeights', got: `seed ${seed}`, want: 'a whole number' });
  }
  const readers = readersOf(graph);
  return Object.fromEntries(
    nodesOf(graph, 'parameter').map((parameter): [string, Tensor] => {
      const { shape } = parameter.attributes;
      const { role, groups } = findUse(parameter, readers.get(parameter.name) ?? []);
      const data = new Float32Array(countElements(shape));
      if (role === 'one') data.fill(1);
      if (role === 'weights') draw(data, scheme, fansOf(shape, groups), createRandom(`${seed}:${parameter.name}`));
      return [parameter.name, { shape: [...shape], dtype: 'float32', data }];
    }),
  );
}

interface Use {
  readonly role: Role;
  readonly groups: number;
}

function findUse(parameter: NodeOf<'parameter'>, readers: readonly Node[]): Use {
  const uses = readers.flatMap((reader) =>
    reader.inputs.flatMap((input, position) => (input === parameter.name ? [useOf(reader, position)] : [])),
  );
  const [first] = uses;
  if (first !== undefined && uses.every((use) => use?.role === first.role && use.groups === first.groups)) return first;
  throw new GraphError({
    where: describeNode(parameter),
    got: readers.length === 0 ? 'no reader' : `read by ${readers.map(describeNode).join(' and ')}`,
    want: 'one use as weights, bias or statistic of conv2d, linear or batchNorm',
    hint: 'give this tensor yourself',
  });
}

function useOf(reader: Node, position: number): Use | undefined {
  const role = roles[reader.op]?.[position];
  const groups = reader.op === 'conv2d' && role === 'weights' ? reader.attributes.groups : 1;
  return role === undefined ? undefined : { role, groups };
}

interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** From weights [out, in/groups, rows, columns], or [out, in]. */
function fansOf([out, inPerGroup, ...window]: readonly number[], groups: number): Fans {
  const pixels = countElements(window);
  return { fanIn: inPerGroup * pixels, fanOut: (out / groups) * pixels };
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
