/** The order of a picture's channels in the tensor; `'grey'` is one channel, the others are three. */
export type ChannelOrder = 'grey' | 'rgb' | 'bgr';

/**
 * How a picture gets its size [height, width]; what is meant by 256 and 224 changes in proportion for other sizes.
 * - `'torchvision'`: shorter side to 256, bilinear and antialiased as Pillow does it, centre 224×224;
 * - `'caffe'`: both sides to 256 whatever the proportions, bilinear from two neighbours, centre 224×224;
 * - `'whole'`: both sides to 224, as torchvision's `Resize((224, 224))`: nothing is cut off;
 * - `'garment'`: as Fashion-MNIST was made: background off, light on black, 28×28, enlarged.
 */
export type ResizeRule = 'torchvision' | 'caffe' | 'whole' | 'garment';

/** What makes numbers of a picture: value = (pixel · scale − mean) / std, pixel in [0, 255]. */
export interface Preprocessing {
  readonly channels: ChannelOrder;
  readonly resize: ResizeRule;
  readonly scale: number;
  /** One number a channel, in the order of `channels`, in the unit of `pixel · scale`. */
  readonly mean: readonly number[];
  /** One number a channel, likewise. */
  readonly std: readonly number[];
}
