export { loadGoogLeNet } from './load.js';
export type { ClassifyOptions, GoogLeNet, LoadOptions, Prediction } from './types.js';
