import { describeTarget } from './describe-target.js';
import { presentTargets } from './present.js';

// GPUs in software take longer for each trial: OpenGL's compiles shaders for seconds. The reference is here too.
for (const target of await presentTargets('slow')) describeTarget(target, target.device === 'webgl' ? 4 : 12);
