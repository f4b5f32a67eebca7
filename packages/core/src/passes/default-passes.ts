import { dropNoOps } from './drop-no-ops.js';
import { foldBatchNorm } from './fold-batch-norm.js';
import { fuseActivation } from './fuse-activation.js';
import type { Pass } from './pass.js';

/** What every backend runs before lowering unless it chooses otherwise. */
export const defaultPasses: readonly Pass[] = [dropNoOps, foldBatchNorm, fuseActivation];
