import type { Io } from '../io.js';

/** The result of a command with `--json`: one value, on one line. */
export function printJson(value: unknown, io: Io): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}
