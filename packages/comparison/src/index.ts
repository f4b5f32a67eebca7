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
export { listLayers } from './layers.js';
export type { NetworkModel, NetworkRun } from './model.js';
export { type PrecisionProbe, probeModels, probePrecision } from './probe-precision.js';
export { withShownReport } from './shown-report.js';
