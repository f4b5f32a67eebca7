import type { Backend } from '@strata/core';
import { afterAll, beforeAll, describe } from 'vitest';
import { createBackend } from '../src/index.js';
import { everywhere } from './support/devices.js';
import { opLaws } from './support/op-laws.js';

describe.each(everywhere)('ops on $title', ({ title: _, ...options }) => {
  const open: Backend[] = [];
  beforeAll(async () => {
    open.push(await createBackend(options));
  });
  afterAll(() => open[0].dispose());
  opLaws(() => open[0], 30);
});
