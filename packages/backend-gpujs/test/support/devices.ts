import type { BackendOptions } from '@strata/core';

/** The devices that every machine has; wasm on the calling thread and on workers, which are two executors of gpu.js. */
export const everywhere: readonly (BackendOptions & { readonly title: string })[] = [
  { title: 'js', device: 'js' },
  { title: 'wasm, 1 thread', device: 'wasm', threads: 1 },
  { title: 'wasm, 3 threads', device: 'wasm', threads: 3 },
];
