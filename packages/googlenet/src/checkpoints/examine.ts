import type { Shape, Tensor } from '@strata/core';
import type { OnnxNetwork } from '@strata/formats/onnx';
import { sharedPrefix, withoutPrefix } from '@strata/formats/weights';
import { isVariant, styleOf, type Variant } from '../network/variants.js';
import { isStatistic } from '../unusual/statistics.js';
import { type Fit, isOfHead } from './fit.js';
import { type NetworkFacts, readMetadata } from './metadata.js';
import { type GraphReading, readGraph } from './onnx/read-graph.js';
import { chooseFit, rankFits } from './recognise.js';
import { checkpointSources, ownSources } from './sources.js';

/** A tensor that is decoded when it is read. */
export interface LazyTensor {
  readonly shape: Shape;
  read(): Tensor;
}

/** A file of weights before its tensors are read: `openWeights` gives one. */
export interface CheckpointFile {
  readonly tensors: ReadonlyMap<string, LazyTensor>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** The network that an ONNX file holds beside its weights. */
  readonly network?: OnnxNetwork;
}

/** A tensor and the name that its file has for it. */
export interface NamedTensor extends LazyTensor {
  readonly fileName: string;
}

/** What a file's names, shapes, metadata and network say. */
export interface Examination {
  /** By the names that they are read by: the file's without the prefix that all share, or ours where places tell them. */
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** What all names begin with. */
  readonly prefix: string;
  readonly facts: NetworkFacts;
  /** The variant that the file's metadata name, or that its network is of. */
  readonly told: Variant | undefined;
  /** How the tensors are read; `undefined` where nobody knows a name. */
  readonly fit: Fit | undefined;
  /** All that could be meant, the best first. Takes a moment. */
  readonly rank: () => readonly Fit[];
  /** Whether torchvision's `transform_input` is on, as far as the file says. */
  readonly transformInput: boolean | undefined;
  /** Whether the tensors are known by their places in the file's network, not by their names. */
  readonly byPlace: boolean;
  /** What the file's network has that no variant has, where it holds one that is not read. */
  readonly foreign: string | undefined;
}

/** Looks at all that is known of a file without its tensors. `WeightsError` for metadata that cannot be understood. */
export function examine(file: CheckpointFile, where: string, wanted?: Variant): Examination {
  const written = readMetadata(file.metadata ?? {}, where);
  const graph = file.network === undefined ? undefined : readGraph(file.network);
  const read = typeof graph === 'object' ? graph : undefined;
  const input = written.input ?? read?.input;
  const facts = { ...written, ...(input !== undefined && { input }) };
  const said = facts.variant !== undefined && isVariant(facts.variant) ? facts.variant : undefined;
  const hints = { wanted, told: said ?? read?.variant };
  const { tensors: named, prefix } = takePrefixOff(file.tensors);
  const byName = look(named, hints);
  const placed = read && look(new Map([...read.tensors, ...headsOf(named, read)]), hints);
  const hasTransform = named.has('transform.scale') ? true : undefined;
  return {
    ...(placed ?? byName),
    prefix,
    facts,
    told: hints.told,
    transformInput: hasTransform ?? facts.transformInput ?? read?.transformInput,
    // Places are surer than names: an exporter may have transposed what it has left its name.
    byPlace: placed !== undefined && !(byName.fit !== undefined && hasAll(byName.fit)),
    foreign: typeof graph === 'string' ? graph : undefined,
  };
}

/** The auxiliary heads, which are known by name alone: a network that is walked from its main output does not show them. */
function headsOf(named: Examination['tensors'], { variant, tensors }: GraphReading): [string, NamedTensor][] {
  const folded = styleOf(variant).batchNorm !== undefined && tensors.has('conv1.weight');
  const heads = [...checkpointSources, ...ownSources]
    .filter((source) => source.variant === variant && source.folded === folded)
    .map(({ parameters }) =>
      [...named].flatMap(([name, tensor]): [string, NamedTensor][] => {
        const ours = parameters.get(name);
        return ours !== undefined && isOfHead(ours) ? [[ours, tensor]] : [];
      }),
    );
  return heads.reduce((best, one) => (one.length > best.length ? one : best));
}

/** Whether every place has its tensor; an ONNX file has others, too. */
function hasAll({ missing, misshapen }: Fit): boolean {
  return missing.length + misshapen.length === 0;
}

function look(
  tensors: Examination['tensors'],
  hints: { readonly wanted: Variant | undefined; readonly told: Variant | undefined },
): Pick<Examination, 'tensors' | 'fit' | 'rank'> {
  const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]));
  return { tensors, fit: chooseFit(shapes, hints), rank: () => rankFits(shapes, hints) };
}

/** The file's tensors but those that know an unusual picture, by names without what all of them begin with. */
function takePrefixOff(given: CheckpointFile['tensors']): Pick<Examination, 'tensors' | 'prefix'> {
  const own = [...given].filter(([name]) => !isStatistic(name));
  const prefix = sharedPrefix(own.map(([name]) => name));
  return {
    prefix,
    tensors: new Map(
      own.map(([fileName, tensor]) => [
        withoutPrefix(fileName, prefix),
        { fileName, shape: tensor.shape, read: () => tensor.read() },
      ]),
    ),
  };
}
