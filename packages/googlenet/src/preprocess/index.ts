export type { Drawable, Pixels } from '../host/types.js';
export { loadPixels, type Picture } from './picture.js';
export { type PreprocessContext, preprocess } from './preprocess.js';
