export * from './checkpoints/index.js';
export type { CacheMode, DownloadReport } from './download/types.js';
export * from './labels/index.js';
export * from './model/index.js';
export * from './network/index.js';
export * from './preprocess/index.js';
export * from './unusual/index.js';
