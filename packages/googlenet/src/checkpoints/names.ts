import { inceptionNames } from '../network/table.js';

/** Pairs of a layer's name elsewhere and ours, without `.weight` and the like. */
export type LayerNames = readonly (readonly [theirs: string, ours: string])[];

const ourBranches = ['branch1', 'branch2.reduce', 'branch2', 'branch3.reduce', 'branch3', 'branch4'];

/**
 * Layers of an `nn.Sequential` of "Dive into Deep Learning": stages 2, 3 and 4 hold the blocks 3a–3b, 4a–4e and 5a–5b.
 * Earlier editions call a block's branches `p1_1` …, later ones `b1_1` …; a relu after `conv2` and a `Flatten` of its own
 * move the numbers of `conv3` and `fc`.
 */
export function sequentialLayers(letter: 'p' | 'b', conv3: string, fc: string): LayerNames {
  return [
    ['0.0', 'conv1'],
    ['1.0', 'conv2'],
    [conv3, 'conv3'],
    ...inBlocks(
      (block) => `${Number(block[0]) - 1}.${block.charCodeAt(1) - 'a'.charCodeAt(0)}.`,
      ['1_1', '2_1', '2_2', '3_1', '3_2', '4_2'].map((branch) => `${letter}${branch}`),
    ),
    [fc, 'fc'],
  ];
}

/** Layers of BVLC's Caffe network. */
export const caffeLayers: LayerNames = [
  ['conv1/7x7_s2', 'conv1'],
  ['conv2/3x3_reduce', 'conv2'],
  ['conv2/3x3', 'conv3'],
  ...inBlocks((block) => `inception_${block}/`, ['1x1', '3x3_reduce', '3x3', '5x5_reduce', '5x5', 'pool_proj']),
  ['loss3/classifier', 'fc'],
];

/** BVLC's auxiliary heads. */
export const caffeHeads: LayerNames = inHeads((head) => `loss${head}/`, ['conv', 'fc', 'classifier']);

/** Modules of torchvision's `GoogLeNet`. */
export const torchvisionLayers: LayerNames = [
  ...['conv1', 'conv2', 'conv3'].map((name) => [name, name] as const),
  ...inBlocks(
    (block) => `inception${block}.`,
    ['branch1', 'branch2.0', 'branch2.1', 'branch3.0', 'branch3.1', 'branch4.1'],
  ),
];

/** torchvision's auxiliary heads, but for their convolution, which has batch norm. */
export const torchvisionHeadConvolutions: LayerNames = ['aux1.conv', 'aux2.conv'].map((name) => [name, name] as const);
export const torchvisionHeads: LayerNames = inHeads((head) => `aux${head}.`, ['conv', 'fc1', 'fc2']).filter(
  ([theirs]) => !theirs.endsWith('conv'),
);

/** Their names of a head's convolution and two linear layers beside ours. */
function inHeads(prefix: (head: number) => string, theirs: readonly [string, string, string]): LayerNames {
  return [1, 2].flatMap((head) =>
    ['.conv', '.fc1', ''].map((ours, index) => [`${prefix(head)}${theirs[index]}`, `aux${head}${ours}`] as const),
  );
}

/** `prefix('3a') + theirs[i]` beside our name of the same branch, for every block. */
function inBlocks(prefix: (block: string) => string, theirs: readonly string[]): LayerNames {
  return inceptionNames.flatMap((name) =>
    ourBranches.map((branch, index) => {
      const block = name.slice('inception'.length);
      return [`${prefix(block)}${theirs[index]}`, `${name}.${branch}`] as const;
    }),
  );
}
