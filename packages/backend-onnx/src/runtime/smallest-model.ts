import type { Model } from '@strata/core';

/** The smallest possible network: to see whether a device starts, and to keep it open. */
export const smallestModel: Model = {
  graph: { nodes: [{ name: 'x', op: 'input', inputs: [], attributes: { shape: [1] } }], outputs: ['x'] },
  weights: {},
};
