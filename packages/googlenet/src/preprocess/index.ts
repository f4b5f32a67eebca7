export type { Drawable, Pixels } from '../host/types.js';
export { type LoadPixelsOptions, loadPixels, type Picture } from './picture.js';
export { type PreprocessContext, preprocess } from './preprocess.js';
export {
  assumedPreprocessing,
  defaultPreprocessing,
  describePreprocessing,
  type PreprocessingOptions,
  resolvePreprocessing,
} from './preprocessing.js';
export type { ChannelOrder, Preprocessing, ResizeRule } from './preprocessing-types.js';
