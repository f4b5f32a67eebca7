import { type ErrorTable, formatErrorTable, isError, messageOf, StrataError, shownRows } from '@strata/core';
import { CommanderError } from 'commander';
import { coloursFor, type Io } from './io.js';
import { printJson } from './output/json.js';
import { UsageError } from './usage-error.js';

/** 0 done; 1 a file, a device or the work failed; 2 the words on the command line were wrong. */
export type ExitCode = 0 | 1 | 2;

export interface FailureOptions {
  /** Whether to print the stack and its causes too. */
  readonly debug: boolean;
  /** Whether stdout gets `{ error: { code, message } }`, with `table` where the error lists something. */
  readonly json: boolean;
  /** The words that show the help of the command that failed. */
  readonly help: string;
}

/** Prints what went wrong as one line on stderr, what it lists below it, and says how to exit. */
export function explainFailure(thrown: unknown, io: Io, { debug, json, help }: FailureOptions): ExitCode {
  if (thrown instanceof CommanderError) {
    // The user asked for help or the version, and got it.
    if (thrown.exitCode === 0) return 0;
    // The user gave no words, and got help on stderr.
    if (thrown.code === 'commander.help') return 2;
  }
  const message = describeFailure(thrown, help);
  printFailure(thrown, io, debug, message);
  if (json) printJson({ error: errorToJson(thrown, message) }, io);
  if (debug) printStack(thrown, io);
  return thrown instanceof CommanderError || thrown instanceof UsageError ? 2 : 1;
}

/** An error's line on stderr, and below it what it lists; cut unless `whole`. */
export function printFailure(thrown: unknown, io: Io, whole: boolean, message = describeFailure(thrown)): void {
  const table = tableOf(thrown);
  printError(message, io, whole);
  if (table !== undefined) printErrorTable(table, io, whole);
}

/** `{ code, message }` of an error, with `table` where it lists something. */
export function errorToJson(thrown: unknown, message = describeFailure(thrown)) {
  return { code: codeOf(thrown), message: toOneLine(message), ...toJson(tableOf(thrown)) };
}

function tableOf(thrown: unknown): ErrorTable | undefined {
  return thrown instanceof StrataError ? thrown.table : undefined;
}

/** An error's line on a terminal has at most this many characters. */
const LONGEST = 300;

/** One `error: …` line on stderr, cut on a terminal unless `whole`. */
export function printError(message: string, io: Io, whole = false): void {
  const line = toOneLine(message);
  const cut = io.stderr.isTTY === true && !whole ? shorten(line, LONGEST - 'error: '.length) : line;
  io.stderr.write(`${coloursFor(io.stderr, io).red('error:')} ${cut}\n`);
}

/** What an error lists, below its line; on a terminal and off it at most so many rows, unless `whole`. */
function printErrorTable(table: ErrorTable, io: Io, whole: boolean): void {
  const lines = formatErrorTable(table, whole ? table.rows.length : shownRows).split('\n');
  io.stderr.write(`${lines.map((line) => toOneLine(line)).join('\n')}\n`);
}

/** The same rows in JSON, and how many there are more. */
function toJson(table: ErrorTable | undefined) {
  if (table === undefined) return {};
  const { columns, rows } = table;
  return { table: { columns, rows: rows.slice(0, shownRows), more: Math.max(0, rows.length - shownRows) } };
}

/** Cut by code points, so that no half of a character is left. */
function shorten(line: string, most: number): string {
  const points = [...line];
  const rest = ' … (all of it with --debug)';
  return points.length <= most ? line : `${points.slice(0, most - rest.length).join('')}${rest}`;
}

/** The codes of Strata's errors, `USAGE` for wrong words, `UNEXPECTED` for what is no error of ours. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof CommanderError || thrown instanceof UsageError) return 'USAGE';
  return thrown instanceof StrataError ? thrown.code : 'UNEXPECTED';
}

/** One `warning: …` line on stderr, of a command that did what it was told. */
export function printWarning(message: string, io: Io): void {
  io.stderr.write(`${coloursFor(io.stderr, io).yellow('warning:')} ${toOneLine(message)}\n`);
}

/** The stack of an error and of its causes, as `--debug` asks for. */
export function printStack(thrown: unknown, io: Io): void {
  io.stderr.write(`${stackOf(thrown).split('\n').map(withoutControls).join('\n')}\n`);
}

function describeFailure(thrown: unknown, help = 'strata --help'): string {
  if (thrown instanceof CommanderError) return `${thrown.message.replace(/^error: |\.$/g, '')}; see ${help}`;
  // Of an older copy of core, which a backend may bring, there is no summary.
  if (thrown instanceof StrataError) return thrown.summary ?? thrown.message;
  const name = isError(thrown) ? `${thrown.name}: ` : '';
  return `unexpected: ${name}${messageOf(thrown)}; please report this with the output of --debug`;
}

/** File names and library messages may hold line breaks and control characters; neither may reach a terminal. */
function toOneLine(text: string): string {
  return withoutControls(text.trim().replace(/\s*[\r\n]+\s*/g, ' '));
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

function stackOf(thrown: unknown): string {
  if (!isError(thrown)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}
