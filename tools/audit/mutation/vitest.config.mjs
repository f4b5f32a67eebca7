// How vitest runs the tests of a room in Stryker's copy of the sources.
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { fromSource } from './from-source.mjs';
import { rooms, testsOf } from './rooms.mjs';

const copy = resolve(import.meta.dirname, '../../..');
const room = rooms.find(({ name }) => name === process.env.STRATA_MUTANTS_ROOM);

export default defineConfig({
  plugins: [fromSource(copy)],
  test: {
    include: testsOf(room, copy).run.map((name) => `test/${name}`),
    setupFiles: [resolve(import.meta.dirname, 'setup.mjs')],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
