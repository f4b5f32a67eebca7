import type { BackendDeclaration } from '@strata/core';

/** An abacus as a Strata backend. */
export const declaration = {
  name: 'abacus',
  package: '@strata/backend-abacus',
  library: 'Abacus',
  rank: 4,
  devices: {
    webgpu: { node: { pace: 'slow', needs: 'wooden beads' } },
    webgl: { browser: { pace: 'slow', needs: 'a frame' } },
    js: { node: { pace: 'quick' }, browser: { pace: 'quick' } },
  },
} as const satisfies BackendDeclaration;
