import type { BackendDeclaration } from '@strata/core';

export const backends: readonly BackendDeclaration[];
