import { InputError, type LrnOptions, type Rounding, type Shape } from '@strata/core';

/** How an auxiliary head begins: with `window` every `stride` pixels (Caffe's), or with `cells` in rows and columns. */
export interface AuxiliaryStyle {
  readonly pool: { readonly window: number; readonly stride: number } | { readonly cells: number };
  /** Before the head's last layer; does nothing at inference. */
  readonly dropoutRate: number;
}

/** What distinguishes one published GoogLeNet. */
export interface VariantStyle {
  /** [channels, height, width] that the network was written for; it takes other sizes too. */
  readonly input: Shape;
  readonly classes: number;
  /** Whether `conv2` and `conv3` end with a relu, as every other convolution does. */
  readonly stemRelu: boolean;
  /** Epsilon of the batch norm between each convolution and its relu, which then has no bias. */
  readonly batchNorm?: { readonly epsilon: number };
  /** `norm1` after `pool1`, and `norm2` before `pool2`. */
  readonly lrn?: LrnOptions;
  /** Of the pools between stages. Padding in pixels. */
  readonly pools: { readonly rounding: Rounding; readonly padding: number };
  /** Window of `pool4`, which steps by 2. */
  readonly pool4Window: number;
  /** Window of the convolution in branch 3: 5 in the paper. */
  readonly branch3Window: number;
  /** Whether branch 4 has a relu between its pool and its convolution. */
  readonly branch4PoolRelu: boolean;
  /** Before `fc`; does nothing at inference. */
  readonly dropoutRate?: number;
  /** Whether the network ends with `softmax`; else its output is the logits of `fc`. */
  readonly softmax: boolean;
  /** The auxiliary heads on `inception4a` and `inception4d`, which only training uses. */
  readonly auxiliary?: AuxiliaryStyle;
  /** What the network first does to its input, for each channel: `transform` = scale · x + shift. */
  readonly transform?: { readonly scale: readonly number[]; readonly shift: readonly number[] };
}

/** ImageNet's mean and standard deviation in RGB of [0, 1], as torchvision has them. */
export const imageNetMean = [0.485, 0.456, 0.406] as const;
export const imageNetStd = [0.229, 0.224, 0.225] as const;

/** Grey pictures, ten classes, 5,977,530 parameters. */
const seed = {
  input: [1, 224, 224],
  classes: 10,
  stemRelu: false,
  pools: { rounding: 'floor', padding: 1 },
  pool4Window: 3,
  branch3Window: 5,
  branch4PoolRelu: true,
  softmax: false,
} as const satisfies VariantStyle;

/** The published networks. */
export const variants = {
  /** The plain network of an early "Dive into Deep Learning". */
  seed,
  /** BVLC's `bvlc_googlenet` for Caffe, nearest to the paper: BGR in [0, 255] minus its means. 6,998,552 parameters. */
  bvlc: {
    input: [3, 224, 224],
    classes: 1000,
    stemRelu: true,
    lrn: { size: 5, alpha: 1e-4, beta: 0.75, k: 1 },
    pools: { rounding: 'ceil', padding: 0 },
    pool4Window: 3,
    branch3Window: 5,
    branch4PoolRelu: false,
    dropoutRate: 0.4,
    softmax: true,
    auxiliary: { pool: { window: 5, stride: 3 }, dropoutRate: 0.7 },
  },
  /** `torchvision.models.googlenet`: batch norm, 3×3 where the paper has 5×5. 6,624,904 parameters. */
  torchvision: {
    input: [3, 224, 224],
    classes: 1000,
    stemRelu: true,
    batchNorm: { epsilon: 1e-3 },
    pools: { rounding: 'ceil', padding: 0 },
    pool4Window: 2,
    branch3Window: 3,
    branch4PoolRelu: false,
    dropoutRate: 0.2,
    softmax: false,
    auxiliary: { pool: { cells: 4 }, dropoutRate: 0.7 },
    // torchvision's `transform_input`: from ImageNet's mean and deviation to [-1, 1], which its weights were trained
    // on.
    transform: {
      scale: imageNetStd.map((std) => std / 0.5),
      shift: imageNetMean.map((mean) => (mean - 0.5) / 0.5),
    },
  },
  /** What "Dive into Deep Learning" teaches today for PyTorch: as `seed`, with a relu after `conv2` and `conv3`. */
  d2l: { ...seed, stemRelu: true },
} as const satisfies Record<string, VariantStyle>;

/** The name of a variant. */
export type Variant = keyof typeof variants;

/** The names of all variants. */
export const variantNames: readonly Variant[] = Object.keys(variants).filter(isVariant);

/** Whether this is the name of a variant. */
export function isVariant(text: string): text is Variant {
  return Object.hasOwn(variants, text);
}

/** The variant of that name. `InputError` lists the names there are. */
export function parseVariant(text: string): Variant {
  if (isVariant(text)) return text;
  throw new InputError({ where: 'variant', got: `'${String(text)}'`, want: variantNames.join(', ') });
}

/** The style of a variant, with its optional parts. `InputError` for what is no variant, as plain JavaScript may give. */
export function styleOf(variant: Variant): VariantStyle {
  return variants[parseVariant(variant)];
}
