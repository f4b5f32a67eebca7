export { openCaffe } from './open-caffe.js';
export type { CaffeDType, CaffeFile, CaffeLayer } from './types.js';
