import { checkTensor, formatShape, InputError, type Shape, ShapeError, type Tensor } from '@strata/core';
import type { Pixels } from '../host/types.js';
import type { Variant } from '../network/variants.js';
import { preprocessGarment } from './garment.js';
import { preprocessBvlc, preprocessTorchvision } from './imagenet.js';
import { describePicture, isTensor, loadPixels, type Picture } from './picture.js';

/** How a variant's pictures are made: pixels and [channels, height, width] → a tensor of that shape. */
const preprocessors: Readonly<Record<Variant, (pixels: Pixels, input: Shape, where: string) => Tensor>> = {
  seed: preprocessGarment,
  bvlc: preprocessBvlc,
  torchvision: preprocessTorchvision,
};

const pictureChannels: Readonly<Record<Variant, number>> = { seed: 1, bvlc: 3, torchvision: 3 };

export interface PreprocessContext {
  readonly variant: Variant;
  /** [channels, height, width] of the result. */
  readonly input: Shape;
  readonly signal?: AbortSignal | undefined;
  /** How errors name the picture; its path or URL by default. */
  readonly where?: string;
}

/**
 * Any picture as [channels, height, width] for a variant. A tensor [channels, height, width] or [1, channels, height,
 * width] is taken as it is. `InputError` or `ShapeError` says what is wrong with the picture.
 */
export async function preprocess(
  picture: Picture,
  { variant, input, signal, where = describePicture(picture) }: PreprocessContext,
): Promise<Tensor> {
  signal?.throwIfAborted();
  if (isTensor(picture)) return takeTensor(picture, input);
  if (input[0] !== pictureChannels[variant]) {
    throw new InputError({
      where,
      got: `a picture for a network of ${input[0]} channels`,
      want: `${pictureChannels[variant]}, as pre-processing for ${variant} makes them`,
      hint: 'give tensors instead',
    });
  }
  return preprocessors[variant](await loadPixels(picture, signal), input, where);
}

function takeTensor(picture: Tensor, [channels]: Shape): Tensor {
  const where = 'picture';
  checkTensor(picture, where);
  const { shape, dtype, data } = picture;
  const own = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (own.length === 3 && own[0] === channels && own[1] > 0 && own[2] > 0) return { shape: own, dtype, data };
  throw new ShapeError({
    where,
    got: `tensor ${formatShape(shape)}`,
    want: `[${channels},height,width]`,
    hint: shape.length === 4 && shape[1] === channels ? 'classify a batch with classifyBatch' : undefined,
  });
}
