import { parseArgs } from 'node:util';
import { SetupError, say } from './say.mjs';

/** Runs a setup command: reads its words, prints help, and ends with one line when it fails. Exit code 2 for wrong words. */
export async function runSetup({ name, usage, options, main }) {
  const values = readWords(options, usage);
  if (values.help) return say(usage);
  try {
    await main(values);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`error: ${name}: ${error.message}`);
    process.exitCode = 1;
  }
}

function readWords(options, usage) {
  try {
    return parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    console.error(`error: ${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
