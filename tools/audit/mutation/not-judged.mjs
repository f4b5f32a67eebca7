// Test runners are processes of Stryker's and have told it of a mutant by the time a control fails: what is not judged
// goes from them to the command through a file.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The environment names the file to the test runners. */
export const variable = 'STRATA_MUTANTS_NOT_JUDGED';

/** For a test runner. */
export function noteNotJudged(ids, reason) {
  appendFileSync(process.env[variable], `${JSON.stringify({ ids, reason })}\n`);
}

/** The ids in the file, each with the reason. */
export function readNotJudged(file) {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.flatMap((line) => JSON.parse(line)).flatMap(({ ids, reason }) => ids.map((id) => [id, reason])));
}

/** Stryker's report in which these mutants have `status`, with the reason. */
export function unjudge(report, reasons, status) {
  const mark = (mutant) =>
    reasons.has(mutant.id) ? { ...mutant, status, statusReason: reasons.get(mutant.id) } : mutant;
  const files = Object.entries(report.files).map(([path, file]) => [
    path,
    { ...file, mutants: file.mutants.map(mark) },
  ]);
  return { ...report, files: Object.fromEntries(files) };
}
