#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { freshSeed } from '@strata/trials';
import { makeCase } from './make-case.js';
import { formatReport } from './report.js';
import { fuzz, type Tally } from './run.js';
import { isSubjectName, type SubjectName, subjects } from './subjects/index.js';

/**
 * `npm run fuzz -- [--reader R] [--runs N] [--seed S] [--jobs J] [--report FILE]`: feeds each reader (or one) with N
 * damaged and hostile files, J readers at a time. `--only I --save FILE` writes file I of a run instead. Exit code 1 when
 * one is neither read nor refused.
 */
const { values } = parseArgs({
  options: {
    reader: { type: 'string' },
    runs: { type: 'string', default: '500' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    report: { type: 'string' },
    only: { type: 'string' },
    save: { type: 'string' },
  },
});
const seed = values.seed === undefined ? freshSeed() : Number(values.seed);
const runs = Number(values.runs);
const names = Object.keys(subjects).filter(isSubjectName);
const chosen: readonly SubjectName[] = isSubjectName(values.reader) ? [values.reader] : names;
const valid = values.reader === undefined || isSubjectName(values.reader);
if (!valid || !Number.isSafeInteger(seed) || !(Number.isSafeInteger(runs) && runs > 0) || !(Number(values.jobs) > 0)) {
  process.stderr.write(`error: want --reader ${names.join('|')} --runs N --seed S --jobs J, whole numbers\n`);
  process.exit(2);
}
if (values.only !== undefined) {
  writeFileSync(values.save ?? 'fuzzed.bin', makeCase(chosen[0], seed, Number(values.only)));
  process.exit(0);
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const tallies = new Map<SubjectName, Tally>();
const waiting = [...chosen];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let reader = waiting.shift(); reader !== undefined; reader = waiting.shift()) {
      const tally = await fuzz(reader, seed, runs);
      tallies.set(reader, tally);
      tell(tally);
    }
  }),
);

function tell({ reader, failures, ...tally }: Tally): void {
  print(
    `${reader}: ${tally.runs} files, ${tally.read} read, ${tally.refused} refused, ${failures.length} failures; ` +
      `slowest ${Math.round(tally.slowestMilliseconds)} ms, largest growth ${Math.round(tally.mostGrown / 2 ** 20)} MiB, ` +
      `${Math.round(tally.seconds)} s, seed ${seed}`,
  );
  for (const { index, outcome, told } of failures) {
    print(`  file ${index} ${outcome}: ${told.slice(0, 300)}`);
    print(`  npm run fuzz -- --reader ${reader} --seed ${seed} --only ${index} --save fuzzed.bin`);
  }
}

const results = chosen.flatMap((reader) => tallies.get(reader) ?? []);
if (values.report !== undefined) writeFileSync(values.report, formatReport(results));
process.exitCode = results.every(({ failures }) => failures.length === 0) ? 0 : 1;
