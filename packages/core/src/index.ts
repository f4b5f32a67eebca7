export * from './backend/index.js';
export * from './errors.js';
export * from './graph/index.js';
export * from './layers/index.js';
export * from './ops/index.js';
export * from './passes/index.js';
export * from './tensor/index.js';
export * from './weights/index.js';
