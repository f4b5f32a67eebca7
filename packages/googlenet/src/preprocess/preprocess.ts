import { checkTensor, copyTensor, formatShape, InputError, type Shape, ShapeError, type Tensor } from '@strata/core';
import { parseVariant, type Variant } from '../network/variants.js';
import { checkFinite } from './finite.js';
import { preprocessGarment } from './garment.js';
import { cropPicture } from './imagenet.js';
import { describePicture, isTensor, loadPixels, type Picture } from './picture.js';
import { type PreprocessingOptions, pickPreprocessing, resolvePreprocessing } from './preprocessing.js';

/** What a picture is prepared for. */
export interface PreprocessContext extends PreprocessingOptions {
  readonly variant: Variant;
  /** [channels, height, width] of the result. */
  readonly input: Shape;
  readonly signal?: AbortSignal | undefined;
  /** How errors name the picture; its path or URL by default. */
  readonly where?: string;
}

/**
 * Any picture as [channels, height, width] for a variant, as `resolvePreprocessing` says. A tensor [channels, height, width]
 * or [1, channels, height, width] is taken as it is, if its values are finite. `InputError` or `ShapeError` says what is
 * wrong with the picture, or with the options. Bytes, pixels and tensors are copied before it returns its promise: they may
 * be changed at once.
 */
export async function preprocess(picture: Picture, context: PreprocessContext): Promise<Tensor> {
  const [prepared] = await preprocessCrops(picture, context, 1);
  return prepared;
}

/** As `preprocess`, for 10 crops with the four corners and all mirrored; the centre is the first. */
export async function preprocessCrops(
  picture: Picture,
  { variant, input, signal, where = describePicture(picture), ...options }: PreprocessContext,
  crops: 1 | 10,
): Promise<Tensor[]> {
  signal?.throwIfAborted();
  parseVariant(variant);
  const own = [...input];
  const preprocessing = resolvePreprocessing(variant, own[0], pickPreprocessing(options));
  if (isTensor(picture)) {
    if (crops === 1) return [takeTensor(picture, own, where)];
    throw new InputError({
      where,
      got: 'a tensor for ten crops',
      want: 'a picture',
      hint: 'tensors are taken as they are',
    });
  }
  if (preprocessing === undefined) {
    throw new InputError({
      where,
      got: `a picture for a network of ${own[0]} channels`,
      want: '1 or 3, as pre-processing makes them',
      hint: 'give tensors instead',
    });
  }
  const { resize } = preprocessing;
  if (crops === 10 && (resize === 'garment' || resize === 'whole')) {
    const got = `10 for pictures that are not cropped (resize '${resize}')`;
    throw new InputError({ where: 'crops', got, want: "1, or resize 'torchvision' or 'caffe'" });
  }
  const pixels = await loadPixels(picture, { signal, where });
  if (resize === 'garment') return [preprocessGarment(pixels, own, where, preprocessing)];
  return cropPicture(pixels, own, preprocessing, crops);
}

function takeTensor(picture: Tensor, [channels]: Shape, where: string): Tensor {
  checkTensor(picture, where);
  const { shape, dtype, data } = picture;
  const own = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (own.length === 3 && own[0] === channels && own[1] > 0 && own[2] > 0) {
    const taken = copyTensor({ shape: own, dtype, data });
    checkFinite(taken, where);
    return taken;
  }
  throw new ShapeError({
    where,
    got: `tensor ${formatShape(shape)}`,
    want: `[${channels},height,width]`,
    hint: shape.length === 4 && shape[1] === channels ? 'classify a batch with classifyBatch' : undefined,
  });
}
