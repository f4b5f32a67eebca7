import { defineConfig } from 'vitest/config';

// The files of `recipes/` are tests of the packages that a recipe adds, in a copy of the repository.
export default defineConfig({ test: { include: ['test/**/*.test.ts'] } });
