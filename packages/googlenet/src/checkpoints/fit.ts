import { countElements, type Graph, nodesOf, parameterRole, type Shape, sameShape } from '@strata/core';
import { buildGoogLeNet, isConstant } from '../network/build.js';
import type { NetworkOptions } from '../network/options.js';
import { styleOf, type Variant } from '../network/variants.js';
import { widthsOf } from '../network/widths.js';
import type { CheckpointSource } from './sources.js';

/** A tensor that does not fit, by the name that the file has or would have for it. */
export interface Misfit {
  readonly name: string;
  /** Its shape in the file; absent where the file does not have it. */
  readonly got?: Shape;
  /** The shape that the network has; absent where the network does not have it. */
  readonly want?: Shape;
}

/** How a file's tensors fit a variant, read as one source names them. */
export interface Fit {
  readonly source: CheckpointSource;
  readonly variant: Variant;
  /** The network that the tensors have, without its picture's size. */
  readonly network: Required<Pick<NetworkOptions, 'classes' | 'widths' | 'foldedBatchNorm'>>;
  /** Of the picture. */
  readonly channels: number;
  /** Our parameter name by the file's. Names that nobody knows stay as they are. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether the file has auxiliary heads, or part of one. */
  readonly heads: boolean;
  /** Learned numbers of the network, heads included where the file has them. Folded batch norm counts as it was. */
  readonly learned: number;
  /** Names that inference never needs. */
  readonly superfluous: readonly string[];
  readonly missing: readonly Misfit[];
  readonly surplus: readonly Misfit[];
  readonly misshapen: readonly Misfit[];
  /** Tensors that fit, as a share of those that the network has and those that it does not have. */
  readonly likeness: number;
}

/** Of a head's pool in pictures of 224×224. */
const usualCells = 16;

/** Whether one of our parameter names belongs to an auxiliary head. */
export function isOfHead(parameter: string): boolean {
  return /^aux[12]\./.test(parameter);
}

/** How tensors fit a source's variant: `shapes` by the file's names. */
export function fitTo(source: CheckpointSource, shapes: ReadonlyMap<string, Shape>): Fit {
  const { variant, folded } = source;
  const oursOf = (name: string) => source.parameters.get(usualName(name, source, shapes)) ?? name;
  const superfluous = [...shapes.keys()].filter((name) => source.isSuperfluous(name));
  const left = new Set(superfluous);
  const parameters = new Map([...shapes.keys()].filter((name) => !left.has(name)).map((name) => [name, oursOf(name)]));
  const theirs = new Map([...parameters].map(([name, ours]) => [ours, name]));
  const ours = new Map([...parameters].map(([name, own]) => [own, shapes.get(name) ?? []]));
  const heads = styleOf(variant).auxiliary !== undefined && [...theirs.keys()].some(isOfHead);
  const network = { classes: classesOf(ours, variant), widths: widthsOf(ours), foldedBatchNorm: folded };
  const channels = channelsOf(ours, variant);
  const graph = buildGoogLeNet(variant, {
    ...network,
    auxiliary: heads,
    transformInput: false,
    // Any size that heads can stand on: bvlc's are of the size that the paper has.
    input: [channels, ...styleOf(variant).input.slice(1)],
  });
  const wanted = new Map(
    nodesOf(graph, 'parameter').flatMap(({ name, attributes: { shape } }): [string, Shape][] =>
      isConstant(name)
        ? []
        : [[name, /^aux[12]\.fc1\.weight$/.test(name) ? ofAnyPicture(shape, ours.get(name)) : shape]],
    ),
  );
  const back = new Map([...source.parameters].map(([name, own]) => [own, name]));
  const missing = [...wanted]
    .filter(([name]) => !theirs.has(name))
    .map(([name, want]) => ({ name: back.get(name) ?? name, want }));
  const misshapen = [...wanted].flatMap(([own, want]): Misfit[] => {
    const name = theirs.get(own);
    const got = ours.get(own);
    return name === undefined || got === undefined || sameShape(got, want) ? [] : [{ name, got, want }];
  });
  const surplus = [...parameters].flatMap(([name, own]): Misfit[] =>
    wanted.has(own) || isConstant(own) ? [] : [{ name, got: shapes.get(name) ?? [] }],
  );
  return {
    source,
    variant,
    network,
    channels,
    parameters,
    heads,
    learned: countLearned(graph, folded),
    superfluous,
    missing,
    surplus,
    misshapen,
    likeness: (wanted.size - missing.length - misshapen.length) / (wanted.size + surplus.length),
  };
}

/** `loss3/classifier_flowers.weight` as Caffe's own network has it, unless the file has that, too. */
function usualName(name: string, { renamed }: CheckpointSource, shapes: ReadonlyMap<string, Shape>): string {
  const [start] = renamed?.exec(name) ?? [];
  if (start === undefined) return name;
  const usual = start + name.slice(name.lastIndexOf('.'));
  return shapes.has(usual) ? name : usual;
}

/** The shape that a head's first linear layer has after `cells` of its pool: as many as its picture gave it. */
function ofAnyPicture([features, inputs]: Shape, got: Shape | undefined): Shape {
  const channels = inputs / usualCells;
  return got?.length === 2 && got[1] > 0 && got[1] % channels === 0 ? [features, got[1]] : [features, inputs];
}

function classesOf(shapes: ReadonlyMap<string, Shape>, variant: Variant): number {
  const sizes = [shapes.get('fc.weight')?.[0], shapes.get('fc.bias')?.[0], shapes.get('aux1.bias')?.[0]];
  return sizes.find((size) => size !== undefined && size >= 1) ?? styleOf(variant).classes;
}

function channelsOf(shapes: ReadonlyMap<string, Shape>, variant: Variant): number {
  const first = shapes.get('conv1.conv.weight') ?? shapes.get('conv1.weight');
  if (first?.length !== 4 || first[1] < 1) return styleOf(variant).input[0];
  // Else its sizes are in another order.
  return first[2] === 7 && first[3] === 7 ? first[1] : styleOf(variant).input[0];
}

/** A folded bias stands for a scale and a shift. */
function countLearned(graph: Graph, folded: boolean): number {
  const roles = new Map(
    graph.nodes.flatMap(({ op, inputs }) =>
      inputs.map((name, position) => [name, { op, learned: parameterRole(op, position)?.learned !== false }] as const),
    ),
  );
  return nodesOf(graph, 'parameter').reduce((sum, { name, attributes: { shape } }) => {
    const role = roles.get(name);
    if (isConstant(name) || role?.learned === false) return sum;
    const times = folded && role?.op === 'conv2d' && shape.length === 1 ? 2 : 1;
    return sum + times * countElements(shape);
  }, 0);
}
