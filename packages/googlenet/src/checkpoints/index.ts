export { type Checkpoint, readCheckpoint, type WeightsSource } from './read-checkpoint.js';
export { type CheckpointSource, checkpointSources } from './sources.js';
export {
  recogniseCheckpoint,
  type TranslatedNames,
  type TranslatedWeights,
  translateNames,
  translateWeights,
} from './translate.js';
