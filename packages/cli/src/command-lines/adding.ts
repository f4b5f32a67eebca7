import type { Command } from 'commander';
import type { ExitCode } from '../explain-failure.js';
import type { Io } from '../io.js';

/** What a command's words are added to. */
export interface Adding {
  readonly program: Command;
  readonly io: Io;
  /** Takes the exit code of a command that ended. */
  readonly end: (code: ExitCode) => void;
}
