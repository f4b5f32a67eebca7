import { inceptionNames } from '../network/table.js';

/** Pairs of a layer's name elsewhere and ours, without `.weight` and the like. */
export type LayerNames = readonly (readonly [theirs: string, ours: string])[];

const ourBranches = ['branch1', 'branch2.reduce', 'branch2', 'branch3.reduce', 'branch3', 'branch4'];

/** Layers of the seed document's `nn.Sequential`: stages 2, 3 and 4 hold the blocks 3a–3b, 4a–4e and 5a–5b. */
export const seedLayers: LayerNames = [
  ['0.0', 'conv1'],
  ['1.0', 'conv2'],
  ['1.1', 'conv3'],
  ...inBlocks(
    (block) => `${Number(block[0]) - 1}.${block.charCodeAt(1) - 'a'.charCodeAt(0)}.`,
    ['p1_1', 'p2_1', 'p2_2', 'p3_1', 'p3_2', 'p4_2'],
  ),
  ['6', 'fc'],
];

/** Layers of BVLC's Caffe network. */
export const caffeLayers: LayerNames = [
  ['conv1/7x7_s2', 'conv1'],
  ['conv2/3x3_reduce', 'conv2'],
  ['conv2/3x3', 'conv3'],
  ...inBlocks((block) => `inception_${block}/`, ['1x1', '3x3_reduce', '3x3', '5x5_reduce', '5x5', 'pool_proj']),
  ['loss3/classifier', 'fc'],
];

/** Modules of torchvision's `GoogLeNet`. */
export const torchvisionLayers: LayerNames = [
  ...['conv1', 'conv2', 'conv3'].map((name) => [name, name] as const),
  ...inBlocks(
    (block) => `inception${block}.`,
    ['branch1', 'branch2.0', 'branch2.1', 'branch3.0', 'branch3.1', 'branch4.1'],
  ),
];

/** `prefix('3a') + theirs[i]` beside our name of the same branch, for every block. */
function inBlocks(prefix: (block: string) => string, theirs: readonly string[]): LayerNames {
  return inceptionNames.flatMap((name) =>
    ourBranches.map((branch, index) => {
      const block = name.slice('inception'.length);
      return [`${prefix(block)}${theirs[index]}`, `${name}.${branch}`] as const;
    }),
  );
}
