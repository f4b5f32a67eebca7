export { bindWeights, firstNonFinite } from './bind.js';
export { type InitialisationScheme, type InitialiseOptions, initialiseWeights } from './initialise.js';
export { createRandom, type Random } from './random.js';
export type { Weights } from './weights.js';
