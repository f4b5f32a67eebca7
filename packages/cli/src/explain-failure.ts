import { messageOf, StrataError } from '@strata/core';
import { CommanderError } from 'commander';
import { coloursFor, type Io } from './io.js';
import { UsageError } from './usage-error.js';

/** 0 done; 1 a file, a device or the work failed; 2 the words on the command line were wrong. */
export type ExitCode = 0 | 1 | 2;

export interface FailureOptions {
  /** Whether to print the stack and its causes too. */
  readonly debug: boolean;
  /** The words that show the help of the command that failed. */
  readonly help: string;
}

/** Prints what went wrong as one line on stderr, and says how to exit. */
export function explainFailure(thrown: unknown, io: Io, { debug, help }: FailureOptions): ExitCode {
  if (thrown instanceof CommanderError) {
    // Asked for help or the version, and got it.
    if (thrown.exitCode === 0) return 0;
    // Said nothing, and got help on stderr.
    if (thrown.code === 'commander.help') return 2;
  }
  printError(describeFailure(thrown, help), io);
  if (debug) io.stderr.write(`${stackOf(thrown)}\n`);
  return thrown instanceof CommanderError || thrown instanceof UsageError ? 2 : 1;
}

/** One `error: …` line on stderr. */
export function printError(message: string, io: Io): void {
  io.stderr.write(`${coloursFor(io.stderr, io).red('error:')} ${toOneLine(message)}\n`);
}

function describeFailure(thrown: unknown, help: string): string {
  if (thrown instanceof CommanderError) return `${thrown.message.replace(/^error: |\.$/g, '')}; see ${help}`;
  if (thrown instanceof StrataError) return thrown.message;
  const name = thrown instanceof Error ? `${thrown.name}: ` : '';
  return `unexpected: ${name}${messageOf(thrown)}; please report this with the output of --debug`;
}

/** File names and library messages may hold line breaks and control characters; a terminal is to see neither. */
function toOneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\p{Cc}/gu, '�');
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}
