export { bindWeights } from './bind.js';
export { type InitialisationScheme, type InitialiseOptions, initialiseWeights } from './initialise.js';
export * from './safetensors/index.js';
export type { Weights } from './weights.js';
