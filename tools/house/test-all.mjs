#!/usr/bin/env node
// What `npm test` runs: the checks of every room, then the summary, so that a long log ends with what failed in it.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const run = (script, ...words) =>
  spawnSync(process.execPath, [script, ...words], { cwd: resolve(import.meta.dirname, '../..'), stdio: 'inherit' })
    .status;
const targets = ['lint', 'build', 'docs', 'test'];
const checks = run('node_modules/.bin/nx', 'run-many', '-t', ...targets, '--parallel=1', '--output-style=stream');
const summary = run('tools/house/summary.mjs');
process.exitCode = checks === 0 ? (summary ?? 1) : 1;
