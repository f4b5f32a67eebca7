import { createRequire } from 'node:module';
import { Command } from 'commander';
import { knownBackends } from './backends/table.js';
import { addClassify } from './command-lines/classify.js';
import { addDevices } from './command-lines/devices.js';
import { addDiff } from './command-lines/diff.js';
import { addDownload } from './command-lines/download.js';
import { addEvaluate } from './command-lines/evaluate.js';
import { addExport } from './command-lines/export.js';
import { addInspect } from './command-lines/inspect.js';
import { addRun } from './command-lines/run.js';
import { addSummary } from './command-lines/summary.js';
import type { ExitCode } from './explain-failure.js';
import { coloursFor, type Io } from './io.js';
import { formatChoice } from './output/choice.js';

/**
 * The words of the command line. Each command's work is imported when it is asked for, so that help and wrong words
 * cost nothing. `end` takes the exit code of a command that ended.
 */
export function createCommandLine(io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command('strata')
    .description(`GoogLeNet on ${formatChoice(knownBackends.map(({ library }) => library))}.`)
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => coloursFor(io.stdout, io).isColorSupported,
      getErrHasColors: () => coloursFor(io.stderr, io).isColorSupported,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      // Printed once, by `explainFailure`.
      outputError: () => {},
    })
    .configureHelp({ styleTitle: (title) => coloursFor(io.stdout, io).bold(title) })
    .addHelpText('after', exitCodes);

  const adding = { program, io, end };
  addClassify(adding);
  addInspect(adding);
  addExport(adding);
  addDownload(adding);
  addSummary(adding);
  addRun(adding);
  addDevices(adding);
  addDiff(adding);
  addEvaluate(adding);
  return program;
}

const exitCodes = `
Exit codes: 0 done; 1 a file, a device or the work failed; 2 the words on the command line were wrong.`;

function readVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  const version = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
