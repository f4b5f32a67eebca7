// npm run mutants [-- [--room NAME]… [Stryker's own options]]: tries every mutant of these rooms, or of all, and writes
// their pages in docs; with --mutate, of some of a room's files, and writes none. Exit code 1 where a mutant survives that
// nobody has explained, or is not judged, or one that is explained does not survive; 2 for wrong words.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { explainSurvivors, listStale } from './explain-survivors.mjs';
import { variable as notJudgedVariable, readNotJudged, unjudge } from './not-judged.mjs';
import { countFates, writeIndex, writeRoomPage, writeRow } from './page.mjs';
import { pageOf, rooms, testsOf } from './rooms.mjs';
import { SEED } from './seed.mjs';
import { reportOf, strykerOptions } from './stryker-options.mjs';
import { explanations } from './survivors/index.mjs';

const root = resolve(import.meta.dirname, '../../..');
const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const index = join(root, 'docs/reports/mutants.md');

const { chosen, words } = readWords(process.argv.slice(2));
const stale = listStale(explanations, root);
for (const { file, code } of stale) console.error(`explained, but no such line is there: ${file}: ${code}`);
if (stale.length > 0) process.exitCode = 1;
for (const room of chosen.length === 0 ? rooms : chosen) tryRoom(room);

/** The rooms that are asked for, and the words that are Stryker's. */
function readWords([word, ...rest]) {
  if (word === undefined) return { chosen: [], words: [] };
  if (word !== '--room') {
    const { chosen, words } = readWords(rest);
    return { chosen, words: [word, ...words] };
  }
  const [name, ...others] = rest;
  const room = rooms.find((one) => one.name === name);
  if (room === undefined) {
    console.error(`mutants: room '${name}', want ${rooms.map((one) => one.name).join(', ')}`);
    process.exit(2);
  }
  const { chosen, words } = readWords(others);
  return { chosen: [room, ...chosen], words };
}

/** Tries the mutants of a room, says what is wrong, and writes its page. */
function tryRoom(room) {
  const start = performance.now();
  const config = join(root, reportOf(room, '-options'));
  const unjudgedFile = join(root, reportOf(room, '-not-judged'));
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, JSON.stringify(strykerOptions(room)));
  rmSync(unjudgedFile, { force: true });
  console.log(`${room.name}:`);
  const { status } = spawnSync(process.execPath, [stryker, 'run', config, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, STRATA_MUTANTS_ROOM: room.name, [notJudgedVariable]: unjudgedFile },
  });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
  const reasons = readNotJudged(unjudgedFile);
  // Stryker tries what was ignored again, but nothing else that it has an answer for.
  rewrite(reportOf(room, '-incremental'), (report) => unjudge(report, reasons, 'Ignored'));
  const report = rewrite(reportOf(room), (before) => unjudge(before, reasons, 'RuntimeError'));
  const judged = explainSurvivors(report, explanations);
  tell(judged);
  if (!words.includes('--mutate')) writePages(room, judged, ((performance.now() - start) / 60_000).toFixed(1));
}

function rewrite(name, change) {
  const file = join(root, name);
  const report = change(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify(report));
  return report;
}

function tell({ files, unused }) {
  const open = files
    .flatMap(({ mutants }) => mutants)
    .filter(({ fate }) => !['noticed', 'timed out', 'explained'].includes(fate));
  for (const { fate, place, text, why } of open) console.error(`${fate}: ${place}: ${text}${why ? ` (${why})` : ''}`);
  for (const { file, code } of unused) console.error(`explained, but does not survive: ${file}: ${code}`);
  if (open.length + unused.length > 0) process.exitCode = 1;
}

function writePages(room, judged, minutes) {
  const page = pageOf(room);
  const on = new Date().toISOString().slice(0, 10);
  const by = room.folder === undefined ? 'the trials of the conformance suite' : `the tests of \`${room.folder}\``;
  const leftOut = room.folder === undefined ? [] : testsOf(room).leftOut;
  mkdirSync(dirname(join(root, page)), { recursive: true });
  writeFileSync(join(root, page), writeRoomPage(judged, { room: room.name, by, leftOut, on, seed: SEED }));
  const link = `[${room.name}](${page.replace('docs/reports/', '')})`;
  const row = writeRow(link, countFates(judged.files), minutes, on);
  writeFileSync(index, writeIndex(rooms, new Map([[room.name, row]]), readFileSync(index, 'utf8')));
}
