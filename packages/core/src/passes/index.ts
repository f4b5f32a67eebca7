export { defaultPasses } from './default-passes.js';
export { delayActivation } from './delay-activation.js';
export { dropNoOps } from './drop-no-ops.js';
export { foldBatchNorm } from './fold-batch-norm.js';
export { fuseActivation } from './fuse-activation.js';
export { type Model, type Pass, runPasses } from './pass.js';
