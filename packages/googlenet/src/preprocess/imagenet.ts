import { type Shape, type Tensor, tensor } from '@strata/core';
import type { Pixels } from '../host/types.js';
import { resizeAsPillow } from './pillow.js';
import { type Box, colourPlane, mapPlane, type Plane } from './plane.js';
import type { ChannelOrder, Preprocessing, ResizeRule } from './preprocessing-types.js';
import { resizeBilinear } from './resize.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where crops of a resized picture lie. */
interface Crop {
  readonly box: Box;
  /** Whether left is right in it. */
  readonly mirrored: boolean;
}

/**
 * A picture resized and cropped by any rule but a garment's → [channels, height, width] each: its centre, or for 10 crops
 * the centre, the four corners and the mirrored of these five, as torchvision's `TenCrop` and Caffe's `oversample` take them.
 */
export function cropPicture(
  pixels: Pixels,
  [, height, width]: Shape,
  { channels, resize, scale, mean, std }: Preprocessing,
  crops: 1 | 10 = 1,
): Tensor[] {
  const size = resizedSize(pixels, resize, width, height);
  const places = crops === 10 ? tenCrops(size, resize, width, height) : [centreCrop(size, resize, width, height)];
  const made = places.map(() => new Float32Array(mean.length * height * width));
  // One channel after the other, as a large picture's three at once would not be small.
  for (const [index, levelsOf] of planesOf(channels).entries()) {
    const levels = levelsOf(pixels);
    // Ten crops overlap: then all of the picture is resized once.
    const whole = crops === 10 && resize !== 'caffe' ? resizeAsPillow(levels, size) : undefined;
    const stretched = resize === 'caffe' ? resizeBilinear(levels, size.width, size.height) : whole;
    for (const [at, { box, mirrored }] of places.entries()) {
      const cut = stretched === undefined ? resizeAsPillow(levels, { ...size, box }) : cutOut(stretched, box);
      const values = mapPlane(mirrored ? mirror(cut) : cut, (level) => (level * scale - mean[index]) / std[index]);
      made[at].set(values.data, index * height * width);
    }
  }
  return made.map((data) => tensor([mean.length, height, width], data));
}

/** The size that a whole picture gets before it is cropped. */
function resizedSize(picture: Size, resize: ResizeRule, width: number, height: number): Size {
  if (resize === 'whole') return { width, height };
  const [covered, tall] = [Math.round((width * 256) / 224), Math.round((height * 256) / 224)];
  return resize === 'caffe' ? { width: covered, height: tall } : coverSize(picture, covered, tall);
}

function centreCrop(size: Size, resize: ResizeRule, width: number, height: number): Crop {
  return { box: resize === 'caffe' ? floorBox(size, width, height) : centreBox(size, width, height), mirrored: false };
}

function tenCrops(size: Size, resize: ResizeRule, width: number, height: number): Crop[] {
  const [right, bottom] = [size.width - width, size.height - height];
  const corners = [0, bottom].flatMap((top) => [0, right].map((left) => boxAt(left, top, width, height)));
  const { box: centre } = centreCrop(size, resize, width, height);
  // torchvision mirrors the picture and crops it then, which is another column where a half was rounded.
  const mirroredCentre = resize === 'caffe' ? centre : boxAt(right - centre.left, centre.top, width, height);
  return [
    ...[centre, ...corners].map((box) => ({ box, mirrored: false })),
    ...[mirroredCentre, ...corners].map((box) => ({ box, mirrored: true })),
  ];
}

/** Whole levels over white of each channel. */
function planesOf(channels: ChannelOrder): readonly ((pixels: Pixels) => Plane)[] {
  const colours = ([0, 1, 2] as const).map((colour) => (pixels: Pixels) => levelPlane(pixels, colour));
  if (channels === 'grey') return [televisionGrey];
  return channels === 'rgb' ? colours : colours.toReversed();
}

function levelPlane(pixels: Pixels, colour: 0 | 1 | 2): Plane {
  return mapPlane(colourPlane(pixels, colour), Math.round);
}

/** Pillow's `convert('L')`, which torchvision's `Grayscale` is: Rec. 601 luma in whole levels. */
function televisionGrey(pixels: Pixels): Plane {
  const [red, green, blue] = ([0, 1, 2] as const).map((colour) => levelPlane(pixels, colour).data);
  const data = red.map((level, i) => (level * 19595 + green[i] * 38470 + blue[i] * 7471 + 0x8000) >> 16);
  return { ...pixels, data };
}

function cutOut({ data, width }: Plane, { left, top, right, bottom }: Box): Plane {
  const cut = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    cut.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { data: cut, width: right - left, height: bottom - top };
}

function mirror({ data, width, height }: Plane): Plane {
  const flipped = data.map((_, i) => data[i - (i % width) + width - 1 - (i % width)]);
  return { data: flipped, width, height };
}

/** The least size of a picture's proportions that covers another; the longer side is cut off, as torchvision's Resize does. */
export function coverSize(picture: Size, width: number, height: number): Size {
  const isTall = picture.width * height <= picture.height * width;
  return isTall
    ? { width, height: Math.floor((width * picture.height) / picture.width) }
    : { width: Math.floor((height * picture.width) / picture.height), height };
}

/** The middle of a picture. A half goes to the even neighbour, as Python's `round` does in torchvision's CenterCrop. */
export function centreBox(picture: Size, width: number, height: number): Box {
  const left = halfToEven((picture.width - width) / 2);
  const top = halfToEven((picture.height - height) / 2);
  return { left, top, right: left + width, bottom: top + height };
}

/** The middle of a picture, a half downwards, as Caffe has it. */
function floorBox(picture: Size, width: number, height: number): Box {
  return boxAt(Math.floor((picture.width - width) / 2), Math.floor((picture.height - height) / 2), width, height);
}

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function halfToEven(value: number): number {
  return value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);
}
