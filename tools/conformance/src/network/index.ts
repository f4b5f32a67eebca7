export {
  checkNetwork,
  type NetworkResult,
  referenceStages,
  type ShippedResult,
  type StageResult,
} from './check-network.js';
export { type DiffOptions, diffNetworks } from './diff-networks.js';
export type {
  Divergence,
  LayerDifference,
  NetworkDifference,
  OfBoth,
  OutputAgreement,
  OutputDifference,
  Place,
  StageDifference,
} from './difference.js';
export { drawNoise } from './draw-noise.js';
export { listLayers } from './layers.js';
export type { NetworkModel, NetworkRun } from './model.js';
