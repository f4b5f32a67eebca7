import { availableParallelism } from 'node:os';
import type { Tally } from './run.js';

/** The page `docs/reports/fuzzing.md`. */
export function formatReport(tallies: readonly Tally[]): string {
  const date = new Date().toISOString().slice(0, 10);
  const [{ seed, runs }] = tallies;
  const rows = tallies.map(({ reader, read, refused, failures, slowestMilliseconds, mostGrown, seconds, ...tally }) =>
    [
      ...[reader, tally.runs, read, refused, failures.length].map(String),
      String(Math.round(slowestMilliseconds)),
      String(Math.round(mostGrown / 2 ** 20)),
      String(Math.round(seconds)),
    ].join(' | '),
  );
  return `# Fuzzing

What do the readers make of files that are damaged, or made to hurt? \`npm run fuzz -- --runs ${runs} --seed ${seed} --report docs/reports/fuzzing.md\` fed each and wrote this page on ${date}, Node ${process.versions.node}, on ${availableParallelism()} cores shared with other work. Seven in eight files are ones that the reader takes with one to four changes: bits, bytes, lengths, ends cut off, parts cut out, repeated up to a million times, swapped, or taken from another file. The others are made: pickles of opcodes in any order, pickles that hold themselves or double sixty times, a million marks, tensors that are views of one number, zeros packed to a thousandth, names twice, messages in messages 30,000 deep.

A file must be read, every tensor of it, or refused with an error of this project's own, on one line, within two seconds of processor time, and without that the process grows by more than four times the file and 64 MiB. What seems slow or large is judged again, alone in a fresh process. The columns of time and memory have the worst file.

| reader | files | read | refused | failures | slowest, ms | most memory, MiB | seconds |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}
