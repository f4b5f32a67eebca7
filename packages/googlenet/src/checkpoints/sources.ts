import { averagesCounter } from '@strata/formats/weights';
import type { Variant } from '../network/variants.js';
import {
  caffeHeads,
  caffeLayers,
  type LayerNames,
  sequentialLayers,
  torchvisionHeadConvolutions,
  torchvisionHeads,
  torchvisionLayers,
} from './names.js';

/** A place that checkpoints come from. */
export interface CheckpointSource {
  readonly name: string;
  /** The variant that it trains. */
  readonly variant: Variant;
  /** Our parameter name by theirs, auxiliary heads included. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether batch norm is folded into the convolutions. */
  readonly folded: boolean;
  /** What a name begins with, apart from its part, where a fine-tuned network has another name for one of its layers. */
  readonly renamed: RegExp | undefined;
  /** Tensors that inference never needs. */
  isSuperfluous(name: string): boolean;
}

const plainParts: LayerNames = ['weight', 'bias'].map((part) => [part, part]);
const batchNormParts: LayerNames = [
  ['conv.weight', 'conv.weight'],
  ['bn.weight', 'bn.scale'],
  ['bn.bias', 'bn.shift'],
  ['bn.running_mean', 'bn.mean'],
  ['bn.running_var', 'bn.variance'],
];
const foldedParts: LayerNames = [
  ['conv.weight', 'weight'],
  ['conv.bias', 'bias'],
];
const fc: LayerNames = [['fc', 'fc']];

/** Of one name and variant the usual one first: names are given back in it. */
export const checkpointSources: readonly CheckpointSource[] = [
  ...(['p', 'b'] as const).map((letter) =>
    source("the seed document's PyTorch modules", 'seed', expand(sequentialLayers(letter, '1.1', '6'), plainParts)),
  ),
  ...(['b', 'p'] as const).map((letter) =>
    source("D2L's PyTorch modules", 'd2l', expand(sequentialLayers(letter, '1.2', '5'), plainParts)),
  ),
  {
    ...source('Caffe', 'bvlc', expand([...caffeLayers, ...caffeHeads], plainParts)),
    // Caffe keeps a layer's old weights by its name: whoever trains for other classes calls the classifiers otherwise.
    renamed: /^loss[123]\/classifier(?=[_-])/,
  },
  source('torchvision', 'torchvision', [
    ...expand([...torchvisionLayers, ...torchvisionHeadConvolutions], batchNormParts),
    ...expand([...fc, ...torchvisionHeads], plainParts),
  ]),
  // As exporters and PyTorch's own fusing leave it.
  source(
    'torchvision, batch norm folded in',
    'torchvision',
    [
      ...expand([...torchvisionLayers, ...torchvisionHeadConvolutions], foldedParts),
      ...expand([...fc, ...torchvisionHeads], plainParts),
    ],
    true,
  ),
];

/** Our own names of each variant, and of one whose batch norm is folded in. */
export const ownSources: readonly CheckpointSource[] = checkpointSources
  .filter(({ variant, folded }, index) => checkpointSources.findIndex(isOf({ variant, folded })) === index)
  .map(({ variant, folded, parameters }) =>
    source(
      'Strata',
      variant,
      [...parameters.values()].map((name) => [name, name] as const),
      folded,
    ),
  );

function isOf(wanted: Pick<CheckpointSource, 'variant' | 'folded'>): (source: CheckpointSource) => boolean {
  return ({ variant, folded }) => variant === wanted.variant && folded === wanted.folded;
}

function source(name: string, variant: Variant, parameters: LayerNames, folded = false): CheckpointSource {
  return {
    name,
    variant,
    parameters: new Map(parameters),
    folded,
    renamed: undefined,
    // Counters that only training uses.
    isSuperfluous: (tensor) => tensor.endsWith('.num_batches_tracked') || tensor === averagesCounter,
  };
}

function expand(layers: LayerNames, parts: LayerNames): LayerNames {
  return layers.flatMap(([theirs, ours]) =>
    parts.map(([part, ourPart]) => [`${theirs}.${part}`, `${ours}.${ourPart}`] as const),
  );
}
