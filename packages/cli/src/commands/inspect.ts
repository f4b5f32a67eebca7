import type { OutputWords } from '../command.js';
import { type ExitCode, errorToJson, printFailure, printStack } from '../explain-failure.js';
import { readWhole } from '../files/read-file.js';
import { look } from '../inspect/look.js';
import { printInspection } from '../inspect/print.js';
import type { Io } from '../io.js';
import { printJson } from '../output/json.js';
import { UsageError } from '../usage-error.js';

export interface InspectWords extends OutputWords {
  /** Whether to print every tensor. */
  readonly all?: true;
}

/**
 * Tells what a file is, and of weights what is in them, without decoding any: names, shapes and types, the variant, and what
 * the file does not say. Exit code 1 where it is damaged, or holds weights that are refused; what is known of it is told
 * all the same.
 */
export async function inspect(file: string, words: InspectWords, io: Io): Promise<ExitCode> {
  if (file === '') throw new UsageError({ where: 'file', got: "''", want: 'the path of a file' });
  if (/^https?:\/\//i.test(file)) {
    throw new UsageError({ where: 'file', got: `'${file}'`, want: 'the path of a file', hint: 'download it first' });
  }
  const { inspection, about, refusal } = await look(file, await readWhole(file));
  if (words.json === true) {
    printJson({ ...inspection, ...(refusal === undefined ? {} : { error: errorToJson(refusal) }) }, io);
  } else {
    await printInspection(inspection, about, words.all === true, io);
  }
  if (refusal === undefined) return 0;
  printFailure(refusal, io, words.debug === true);
  if (words.debug === true) printStack(refusal, io);
  return 1;
}
