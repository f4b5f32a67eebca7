#!/usr/bin/env node
import { InputError, messageOf, StrataError } from '@strata/core';
import { parseOptions } from './cli/options.js';
import { runConformance } from './cli/run.js';

try {
  process.exitCode = await runConformance(parseOptions(process.argv.slice(2)), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
} catch (error) {
  if (!(error instanceof StrataError)) throw error;
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exitCode = error instanceof InputError ? 2 : 1;
}
