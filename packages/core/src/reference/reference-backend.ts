import { type BackendParts, defineBackend } from '../backend/define-backend.js';
import type { Backend } from '../backend/types.js';
import type { Pass } from '../passes/pass.js';
import type { Tensor } from '../tensor/tensor.js';
import { version } from '../version.js';
import { interpret } from './interpret.js';
import type { Judged } from './judged.js';

/**
 * A backend that needs no library: the reference in float64, rounded once to float32. Slow; for tests, and to read.
 * Graphs are computed as written unless passes are given: folding rounds weights a second time.
 */
export function createReferenceBackend({ passes = [] }: { readonly passes?: readonly Pass[] } = {}): Backend {
  const parts: BackendParts = {
    report: {
      backend: 'reference',
      device: 'js',
      library: { name: '@strata/core', version },
      threads: 1,
      software: false,
      precision: 'float32',
      convolution: 'direct',
      passedOver: [],
      notTried: [],
    },
    gapOf: () => undefined,
    passes,
    prepare: async ({ graph, weights }) => ({
      execute: async (inputs) =>
        Object.fromEntries(
          [...interpret(graph, weights, inputs)].map(([name, judged]) => [name, roundToFloat32(judged)]),
        ),
      release: () => {},
    }),
    release: () => {},
  };
  return defineBackend(parts);
}

function roundToFloat32({ shape, value }: Judged): Tensor {
  return { shape: [...shape], dtype: 'float32', data: Float32Array.from(value) };
}
