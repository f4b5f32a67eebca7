import { InputError, type Shape, type Tensor, tensor } from '@strata/core';
import type { Pixels } from '../host/types.js';
import { separateForeground } from './background.js';
import { findContent } from './content.js';
import { centrePlane, cropPlane, greyPlane, mapPlane, type Plane } from './plane.js';
import { resizeArea, resizeBilinear } from './resize.js';

/** Side of a Fashion-MNIST picture, in pixels. */
export const garmentSide = 28;

/**
 * Any picture of a garment as the Fashion-MNIST checkpoint wants it: [1, height, width], grey in [0, 1], light on black,
 * first 28×28 and then enlarged bilinearly with half-pixel centres. `InputError` for a picture of one colour.
 */
export function preprocessGarment(pixels: Pixels, [, height, width]: Shape, where: string): Tensor {
  const small = toGarment(greyPlane(pixels), where);
  return tensor([1, height, width], resizeBilinear(small, width, height).data);
}

/**
 * Grey in [0, 255] to 28×28 in [0, 1] as the originals were made (Xiao et al., 2017, arXiv:1708.07747, section 2):
 * background trimmed, longest side 28, centred, negated. A 28×28 picture is taken to be laid out already.
 */
export function toGarment(grey: Plane, where: string): Plane {
  const foreground = separateForeground(grey);
  const content = findContent(foreground.plane, foreground.noise);
  if (content === undefined) {
    throw new InputError({
      where,
      got: 'a picture of one colour',
      want: 'a garment before a plain background',
      hint: 'there is no content to classify',
    });
  }
  if (grey.width === garmentSide && grey.height === garmentSide) return asOriginal(grey, foreground.negated);
  const cropped = cropPlane(foreground.plane, content);
  const scale = garmentSide / Math.max(cropped.width, cropped.height);
  const fitted = resizeArea(
    cropped,
    Math.max(1, Math.round(cropped.width * scale)),
    Math.max(1, Math.round(cropped.height * scale)),
  );
  return centrePlane(fitted, garmentSide, garmentSide);
}

function asOriginal(grey: Plane, negated: boolean): Plane {
  return mapPlane(grey, (value) => (negated ? 255 - value : value) / 255);
}
