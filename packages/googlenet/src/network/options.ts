import { InputError, type Shape } from '@strata/core';
import { type AuxiliaryStyle, styleOf, type Variant, type VariantStyle, variantNames, variants } from './variants.js';
import type { Widths } from './widths.js';

/** Options of `buildGoogLeNet`. */
export interface NetworkOptions {
  /**
   * [channels, height, width] to expect; the variant's own by default. Height and width may differ at run time, unless the
   * network has auxiliary heads.
   */
  readonly input?: Shape;
  /** Classes that `fc` tells apart; the variant's own by default. */
  readonly classes?: number;
  /** Filters of convolutions by layer name; the paper's where none are given. */
  readonly widths?: Widths;
  /**
   * torchvision: whether the network first brings its input from ImageNet's mean and deviation to [-1, 1], as torchvision's
   * own weights need it. True by default here, where there is no file that says otherwise; false for a file that does
   * not say (`loadGoogLeNet`).
   */
  readonly transformInput?: boolean;
  /** bvlc and torchvision: whether it has the auxiliary heads, outputs `aux1` and `aux2`. False by default. */
  readonly auxiliary?: boolean;
  /** torchvision: whether batch norm is folded into the convolutions, which then have a bias. False by default. */
  readonly foldedBatchNorm?: boolean;
}

/** A network's options, with the variant's own where none were given. */
export interface NetworkPlan {
  readonly style: VariantStyle;
  readonly input: Shape;
  readonly classes: number;
  readonly widths: Widths;
  /** Of the heads, where the network has them. */
  readonly auxiliary: AuxiliaryStyle | undefined;
}

/** `InputError` for an impossible size, and for an option that the variant does not have. */
export function planNetwork(variant: Variant, options: NetworkOptions): NetworkPlan {
  const { transform, batchNorm, ...own } = styleOf(variant);
  const { input = own.input, classes = own.classes, widths = {} } = options;
  refuseForeign('transformInput', options.transformInput, transform, 'transform');
  refuseForeign('auxiliary', options.auxiliary, own.auxiliary, 'auxiliary');
  refuseForeign('foldedBatchNorm', options.foldedBatchNorm, batchNorm, 'batchNorm');
  const style: VariantStyle = {
    ...own,
    ...(batchNorm === undefined || options.foldedBatchNorm === true ? {} : { batchNorm }),
    ...(transform === undefined || options.transformInput === false ? {} : { transform }),
  };
  checkInput(input, style);
  return { style, input, classes, widths, auxiliary: options.auxiliary === true ? own.auxiliary : undefined };
}

function refuseForeign(where: string, wanted: boolean | undefined, own: unknown, part: keyof VariantStyle): void {
  if (wanted !== true || own !== undefined) return;
  const having = variantNames.filter((name) => Object.hasOwn(variants[name], part)).join(' or ');
  throw new InputError({ where, got: 'true', want: `the ${having} variant`, hint: 'no other has this part' });
}

function checkInput(input: Shape, { transform }: VariantStyle): void {
  const where = 'input';
  if (input.length !== 3 || input.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new InputError({ where, got: `[${input.join(',')}]`, want: '[channels, height, width], each at least 1' });
  }
  if (transform !== undefined && input[0] !== transform.scale.length) {
    throw new InputError({ where, got: `${input[0]} channels`, want: `${transform.scale.length}, as the variant has` });
  }
}
