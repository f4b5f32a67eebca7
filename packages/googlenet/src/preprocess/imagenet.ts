import { type Shape, type Tensor, tensor } from '@strata/core';
import type { Pixels } from '../host/types.js';
import { imageNetMean, imageNetStd } from '../network/variants.js';
import { colourPlanes, cropPlane, type Plane } from './plane.js';
import { resizeAntialiased } from './resize.js';

/** Means of blue, green and red in [0, 255] that BVLC's GoogLeNet subtracts. */
const caffeMean = [104, 117, 123] as const;

/**
 * torchvision's: shorter side to 256 (bilinear, antialiased), centre 224×224, (x / 255 − mean) / deviation, RGB.
 * For another size than 224 the 256 changes in proportion. → [3, height, width]
 */
export function preprocessTorchvision(pixels: Pixels, [, height, width]: Shape): Tensor {
  const planes = colourPlanes(pixels).map((plane) => cropCentre(plane, width, height));
  return stack(planes, (value, channel) => (value / 255 - imageNetMean[channel]) / imageNetStd[channel]);
}

/** BVLC's for Caffe: the same part of the picture, but BGR in [0, 255] minus its means. → [3, height, width] */
export function preprocessBvlc(pixels: Pixels, [, height, width]: Shape): Tensor {
  const [red, green, blue] = colourPlanes(pixels).map((plane) => cropCentre(plane, width, height));
  return stack([blue, green, red], (value, channel) => value - caffeMean[channel]);
}

/** Scaled so that the wanted size is 224/256 of it along one side and at most that along the other, then its middle. */
function cropCentre(plane: Plane, width: number, height: number): Plane {
  const scale = (256 / 224) * Math.max(width / plane.width, height / plane.height);
  const scaled = resizeAntialiased(
    plane,
    Math.max(width, Math.floor(plane.width * scale + 1e-6)),
    Math.max(height, Math.floor(plane.height * scale + 1e-6)),
  );
  const left = Math.round((scaled.width - width) / 2);
  const top = Math.round((scaled.height - height) / 2);
  return cropPlane(scaled, { left, top, right: left + width, bottom: top + height });
}

function stack(planes: readonly Plane[], map: (value: number, channel: number) => number): Tensor {
  const [{ width, height }] = planes;
  const data = new Float32Array(planes.length * width * height);
  for (const [channel, plane] of planes.entries()) {
    const offset = channel * width * height;
    for (let i = 0; i < plane.data.length; i++) data[offset + i] = map(plane.data[i], channel);
  }
  return tensor([planes.length, height, width], data);
}
