import type { Model } from '@strata/core';

/** The smallest network there is: to see whether a device starts, and to hold it. */
export const smallestModel: Model = {
  graph: { nodes: [{ name: 'x', op: 'input', inputs: [], attributes: { shape: [1] } }], outputs: ['x'] },
  weights: {},
};
