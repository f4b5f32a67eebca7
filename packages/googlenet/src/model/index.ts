export { loadGoogLeNet } from './load.js';
export type { ClassifyOptions, GoogLeNet, LoadOptions, LoadStage, Prediction, Predictions } from './types.js';
