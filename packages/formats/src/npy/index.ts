export { describeNpy, type NpyDescription } from './describe-npy.js';
export { parseNpy } from './parse-npy.js';
