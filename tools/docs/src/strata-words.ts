import { createCommandLine } from '../../../packages/cli/dist/program.js';

/** What the `strata` command itself has against these words, or undefined: they are parsed, and nothing runs. */
export async function parseStrata(words: readonly string[]): Promise<string | undefined> {
  const program = createCommandLine(process, () => {});
  for (const command of program.commands) command.action(() => {});
  try {
    await program.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
