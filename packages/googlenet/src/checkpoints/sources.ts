import type { Variant } from '../network/variants.js';
import { caffeLayers, type LayerNames, seedLayers, torchvisionLayers } from './names.js';

/** A place that checkpoints come from. */
export interface CheckpointSource {
  readonly name: string;
  /** The variant that it trains. */
  readonly variant: Variant;
  /** Our parameter name by theirs. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether a name is this source's and no other's; one is enough to know the source. */
  recognises(name: string): boolean;
  /** Tensors that inference does not need. */
  isSuperfluous(name: string): boolean;
}

/** All sources whose names we know, besides our own. */
export const checkpointSources: readonly CheckpointSource[] = [
  {
    name: "the seed document's PyTorch modules",
    variant: 'seed',
    parameters: expand(seedLayers, plainParts),
    recognises: (name) => /^\d+\.\d+\.(weight|bias|p\d_\d\.)/.test(name),
    isSuperfluous: () => false,
  },
  {
    name: 'Caffe',
    variant: 'bvlc',
    parameters: expand(caffeLayers, plainParts),
    recognises: (name) => /^(conv[12]|inception_\d[a-e]|loss3)\//.test(name),
    // The two auxiliary classifiers, which only training uses.
    isSuperfluous: (name) => /^loss[12]\//.test(name),
  },
  {
    name: 'torchvision',
    variant: 'torchvision',
    parameters: new Map([
      ...expand(torchvisionLayers, batchNormParts),
      ['fc.weight', 'fc.weight'],
      ['fc.bias', 'fc.bias'],
    ]),
    recognises: (name) => name.endsWith('.bn.running_mean') || name.endsWith('.bn.running_var'),
    // The two auxiliary classifiers, and a counter that only training uses.
    isSuperfluous: (name) => /^aux[12]\./.test(name) || name.endsWith('.num_batches_tracked'),
  },
];

function plainParts(): LayerNames {
  return ['weight', 'bias'].map((part) => [part, part]);
}

function batchNormParts(): LayerNames {
  return [
    ['conv.weight', 'conv.weight'],
    ['bn.weight', 'bn.scale'],
    ['bn.bias', 'bn.shift'],
    ['bn.running_mean', 'bn.mean'],
    ['bn.running_var', 'bn.variance'],
  ];
}

function expand(layers: LayerNames, parts: () => LayerNames): ReadonlyMap<string, string> {
  return new Map(
    layers.flatMap(([theirs, ours]) => parts().map(([part, ourPart]) => [`${theirs}.${part}`, `${ours}.${ourPart}`])),
  );
}
