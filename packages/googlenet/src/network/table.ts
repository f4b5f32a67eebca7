/** Filters of one inception block, in the columns of the paper's Table 1. */
export interface InceptionFilters {
  /** 1×1 convolution. */
  readonly branch1: number;
  /** 1×1 reduction, then the 3×3 convolution. */
  readonly branch2: readonly [reduce: number, filters: number];
  /** 1×1 reduction, then the 5×5 convolution. */
  readonly branch3: readonly [reduce: number, filters: number];
  /** 1×1 convolution after the 3×3 max pool ("pool proj"). */
  readonly branch4: number;
}

/** One stage of the network; `name` is that of its value. Windows and steps in pixels of the stage's input. */
export type Stage =
  | {
      readonly type: 'convolution';
      readonly name: string;
      readonly window: number;
      readonly stride: number;
      readonly filters: number;
    }
  | { readonly type: 'max pool'; readonly name: string; readonly window: number; readonly stride: number }
  | { readonly type: 'local response normalisation'; readonly name: string }
  | ({ readonly type: 'inception'; readonly name: string } & InceptionFilters);

/**
 * GoogLeNet from the picture to the last inception block, as in Table 1 of "Going deeper with convolutions" (Szegedy
 * et al., 2014, arXiv:1409.4842). The variants in `variants.ts` say what they leave out or do otherwise.
 */
export const stages: readonly Stage[] = [
  { type: 'convolution', name: 'conv1', window: 7, stride: 2, filters: 64 },
  { type: 'max pool', name: 'pool1', window: 3, stride: 2 },
  { type: 'local response normalisation', name: 'norm1' },
  { type: 'convolution', name: 'conv2', window: 1, stride: 1, filters: 64 },
  { type: 'convolution', name: 'conv3', window: 3, stride: 1, filters: 192 },
  { type: 'local response normalisation', name: 'norm2' },
  { type: 'max pool', name: 'pool2', window: 3, stride: 2 },
  inception('inception3a', 64, [96, 128], [16, 32], 32),
  inception('inception3b', 128, [128, 192], [32, 96], 64),
  { type: 'max pool', name: 'pool3', window: 3, stride: 2 },
  inception('inception4a', 192, [96, 208], [16, 48], 64),
  inception('inception4b', 160, [112, 224], [24, 64], 64),
  inception('inception4c', 128, [128, 256], [24, 64], 64),
  inception('inception4d', 112, [144, 288], [32, 64], 64),
  inception('inception4e', 256, [160, 320], [32, 128], 128),
  { type: 'max pool', name: 'pool4', window: 3, stride: 2 },
  inception('inception5a', 256, [160, 320], [32, 128], 128),
  inception('inception5b', 384, [192, 384], [48, 128], 128),
];

/** The names of the inception blocks, in order. */
export const inceptionNames: readonly string[] = stages
  .filter(({ type }) => type === 'inception')
  .map(({ name }) => name);

function inception(
  name: string,
  branch1: number,
  branch2: readonly [number, number],
  branch3: readonly [number, number],
  branch4: number,
): Stage {
  return { type: 'inception', name, branch1, branch2, branch3, branch4 };
}
