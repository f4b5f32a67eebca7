import { writeFile } from 'node:fs/promises';
import { formatFailure, formatShare } from '../check/format.js';
import { freshSeed } from '../check/search.js';
import { trialsOf } from '../check/subjects.js';
import { nameTarget } from '../targets.js';
import { type Candidate, chooseTargets } from './choose-targets.js';
import { type ConformanceOptions, usage } from './options.js';
import { type Column, formatPage, type Row } from './page.js';

/** Where a run writes: results on `out`, what is for people on `err`. */
export interface Printer {
  out(text: string): void;
  err(text: string): void;
}

/** Runs what the options ask for and returns the exit code. Throws `InputError` and `DeviceError` as they come. */
export async function runConformance(options: ConformanceOptions, { out, err }: Printer): Promise<number> {
  if (options.help) {
    out(`${usage}\n`);
    return 0;
  }
  const { present, absent, close } = await chooseTargets(options);
  for (const { target, reason } of absent) err(`not checked: ${nameTarget(target)}: ${reason}\n`);
  const columns: Column[] = [];
  try {
    if (!options.json) out(formatRow(['target', 'op', 'checked', 'failed', 'worst', 'gaps', 'seed']));
    for (const candidate of present) {
      columns.push(await checkCandidate(candidate, options, (row) => options.json || out(row)));
    }
  } finally {
    await close();
  }
  const results = columns.flatMap((column) => column.results);
  if (options.page !== undefined) {
    const made = { date: new Date(), node: process.versions.node, words: options.words };
    await writeFile(options.page, formatPage(columns, absent, made));
  }
  if (options.json) out(`${JSON.stringify(results, undefined, 2)}\n`);
  for (const result of results) if (result.failed > 0) err(`\n${formatFailure(result)}\n`);
  const named = options.device !== undefined && options.device !== 'all' && absent.length > 0;
  return named || results.length === 0 || results.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function checkCandidate(
  { backend, device, runtime, open }: Candidate,
  { subjects, runs, seed = freshSeed(), path }: ConformanceOptions,
  print: (row: string) => void,
): Promise<Column> {
  const checker = await open();
  const name = nameTarget({ backend, device, runtime });
  try {
    const results: Row[] = [];
    for (const subject of subjects) {
      const checked = await checker.check(subject, {
        runs: trialsOf(subject, runs),
        seed,
        ...(path === undefined ? {} : { path }),
      });
      // The command line's own words, so that the replay line opens the same backend again.
      const result = { ...checked, backend, runtime };
      print(
        formatRow([
          name,
          result.op,
          String(result.checked),
          String(result.failed),
          formatShare(result.worst),
          result.gaps.map(({ reason, trials }) => `${trials}× ${reason}`).join('; ') || '–',
          String(result.seed),
        ]),
      );
      results.push(result);
    }
    return { name, report: checker.report, results };
  } finally {
    await checker.dispose();
  }
}

function formatRow([target, op, checked, failed, worst, gaps, seed]: readonly string[]): string {
  const cells = [target.padEnd(24), op.padEnd(13), checked.padStart(7), failed.padStart(6), worst.padStart(8)];
  return `${[...cells, seed.padStart(10)].join('  ')}  ${gaps}\n`;
}
