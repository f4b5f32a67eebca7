import { writeFile } from 'node:fs/promises';
import { countTrials, formatFailure, formatShare, freshSeed } from '@strata/trials';
import { nameTarget } from '../targets.js';
import { type Candidate, chooseTargets } from './choose-targets.js';
import { type ConformanceOptions, usage } from './options.js';
import { type Column, formatPage, type Row } from './page.js';

/** Where a run writes: results to `out`, messages for people to `err`. */
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
    const formatRow = alignRows(present.map(nameTarget), options.subjects);
    const print = (cells: readonly string[]) => options.json || out(formatRow(cells));
    print(['target', 'op', 'checked', 'failed', 'worst', 'gaps', 'seed']);
    for (const candidate of present) columns.push(await checkCandidate(candidate, options, print));
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
  print: (cells: readonly string[]) => void,
): Promise<Column> {
  const checker = await open();
  const name = nameTarget({ backend, device, runtime });
  try {
    const results: Row[] = [];
    for (const subject of subjects) {
      const checked = await checker.check(subject, {
        runs: countTrials(subject, runs),
        seed,
        ...(path === undefined ? {} : { path }),
      });
      // The command line's own words, so that the replay line opens the same backend again.
      const result = { ...checked, backend, runtime };
      print([
        name,
        result.op,
        String(result.checked),
        String(result.failed),
        formatShare(result.worst),
        result.gaps.map(({ reason, trials }) => `${trials}× ${reason}`).join('; ') || '–',
        String(result.seed),
      ]);
      results.push(result);
    }
    return { name, report: checker.report, results };
  } finally {
    await checker.dispose();
  }
}

/** Lines of columns as wide as the longest of these names. */
function alignRows(targets: readonly string[], subjects: readonly string[]): (cells: readonly string[]) => string {
  const widthOf = (names: readonly string[]) => Math.max(...names.map(({ length }) => length));
  const [targetWidth, opWidth] = [widthOf(['target', ...targets]), widthOf(['op', ...subjects])];
  return ([target, op, checked, failed, worst, gaps, seed]) => {
    const cells = [target.padEnd(targetWidth), op.padEnd(opWidth), checked.padStart(7), failed.padStart(6)];
    return `${[...cells, worst.padStart(8), seed.padStart(10)].join('  ')}  ${gaps}\n`;
  };
}
