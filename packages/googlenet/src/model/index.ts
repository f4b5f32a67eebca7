export { loadGoogLeNet } from './load.js';
export { type LoadModelOptions, loadModel } from './load-model.js';
export type { ModelSource } from './read-model.js';
export type {
  ClassifyOptions,
  GoogLeNet,
  LoadedModel,
  LoadOptions,
  LoadStage,
  Prediction,
  Predictions,
} from './types.js';
