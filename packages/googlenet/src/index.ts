export * from './checkpoints/index.js';
export * from './model/index.js';
export * from './network/index.js';
export * from './preprocess/index.js';
