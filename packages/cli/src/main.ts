import { type ExitCode, explainFailure } from './explain-failure.js';
import type { Io } from './io.js';
import { createCommandLine } from './program.js';

/** Runs the `strata` command with these words (without `node` and the script). Never rejects; the result is the exit code. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createCommandLine(io, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    const command = program.commands.find((one) => one.name() === words[0]);
    const help = command === undefined ? 'strata --help' : `strata ${command.name()} --help`;
    return explainFailure(error, io, { debug: words.includes('--debug'), json: words.includes('--json'), help });
  }
}
