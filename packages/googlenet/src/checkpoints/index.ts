export type { Assumption, AssumptionKind } from './assumption.js';
export type { CheckpointChoices } from './choices.js';
export { type CheckpointDescription, describeCheckpoint, type Likeness } from './describe.js';
export type { CheckpointFile } from './examine.js';
export type { Misfit } from './fit.js';
export { type NetworkFacts, readMetadata, writeMetadata } from './metadata.js';
export { type NamedWeights, nameAsSource } from './names-back.js';
export {
  type Checkpoint,
  readCheckpoint,
  type WeightsDownload,
  type WeightsSource,
} from './read-checkpoint.js';
export { type CheckpointSource, checkpointSources } from './sources.js';
export { type TranslatedWeights, type TranslateOptions, translateWeights } from './translate.js';
