// The page of a room, and the one that tells of all rooms.

const fates = ['noticed', 'timed out', 'explained', 'survived', 'not reached', 'not judged'];

/** How many mutants of files came to each end. */
export function countFates(files) {
  const mutants = files.flatMap((file) => file.mutants);
  return Object.fromEntries(fates.map((fate) => [fate, mutants.filter((mutant) => mutant.fate === fate).length]));
}

/**
 * `docs/reports/mutants/ROOM.md`.
 *
 * @param {{ files: readonly object[] }} judged As `explainSurvivors` gives it.
 * @param {{ room: string, by: string, leftOut: readonly string[], on: string, seed: number }} run
 */
export function writeRoomPage({ files }, { room, by, leftOut, on, seed }) {
  const counts = countFates(files);
  const row = ({ path, mutants }) => {
    const own = countFates([{ mutants }]);
    return `| ${path} | ${fates.map((fate) => own[fate]).join(' | ')} |`;
  };
  const all = files.flatMap(({ mutants }) => mutants);
  const open = all.filter(({ fate }) => fate !== 'noticed').map((mutant) => ({ ...mutant, why: reasonOf(mutant) }));
  return [
    `# Mutants of ${room}`,
    '',
    `How many one-token changes of the files below do ${by} notice? \`npm run mutants -- --room ${room}\` asked Stryker and wrote this page on ${on}, Node ${process.versions.node}, seed ${seed}; [tools/audit/mutation](../../../tools/audit/mutation/README.md) says how.${leftOut.length === 0 ? '' : ` Left out, as they need a browser or a driver: ${leftOut.join(', ')}.`}`,
    '',
    `**${counts.noticed} of ${all.length - counts['not judged'] - counts['timed out']} are noticed: ${score(counts)}.**`,
    '',
    `| file | ${fates.join(' | ')} |`,
    `| --- |${fates.map(() => ' ---: |').join('')}`,
    ...files.filter(({ mutants }) => mutants.length > 0).map(row),
    '',
    '## What is not noticed, and why',
    ...[...new Set(open.map(({ why }) => why))].flatMap((reason) => {
      const mutants = open.filter(({ why }) => why === reason);
      return [
        '',
        `${reason} (${mutants.length})`,
        '',
        ...mutants.map(({ place, text }) => `- ${place}: \`${cell(text)}\``),
      ];
    }),
    '',
  ].join('\n');
}

/** The row of a room in `docs/reports/mutants.md`. */
export function writeRow(link, counts, minutes, on) {
  const total = fates.reduce((sum, fate) => sum + counts[fate], 0);
  return `| ${[link, total, ...fates.map((fate) => counts[fate]), score(counts), minutes, on].join(' | ')} |`;
}

/**
 * `docs/reports/mutants.md`: the rows of rooms tried now, and of others as the page had them before.
 *
 * @param {readonly { name: string, link: string }[]} rooms
 * @param {ReadonlyMap<string, string>} rows By the room's name.
 * @param {string} before The page as it was.
 */
export function writeIndex(rooms, rows, before) {
  const kept = new Map([...before.matchAll(/^\| \[([^\]]+)\].*$/gm)].map(([row, name]) => [name, row]));
  const rowOf = ({ name }) => rows.get(name) ?? kept.get(name);
  const missing = rooms.filter((room) => rowOf(room) === undefined).map(({ name }) => name);
  return [
    '# Mutants',
    '',
    'How many one-token changes do tests notice? [Stryker](https://stryker-mutator.io) makes them, room by room: `npm run mutants -- --room NAME`. The lowerings and the passes have to be noticed by the conformance suite, on devices that need no driver, all others by their package’s own tests. A change that survives is explained where it computes the same, and the page of its room names it in any case; one that is not judged met a test that fails without it, too. What runs out of time is counted apart: it hangs, or the machine was busy. The minutes are those of the last run, on two cores that also did other work; it keeps what earlier runs found of lines and tests that have not changed. [tools/audit/mutation](../../tools/audit/mutation/README.md) says how.',
    '',
    `| room | mutants | ${fates.join(' | ')} | score | minutes | on |`,
    `| --- | ---: |${fates.map(() => ' ---: |').join('')} ---: | ---: | --- |`,
    ...rooms.map(rowOf).filter((row) => row !== undefined),
    '',
    missing.length === 0 ? 'All rooms were tried.' : `Not tried yet: ${missing.join(', ')}.`,
    '',
  ].join('\n');
}

/** Of those that ended and were judged, how many were noticed. */
function score({ noticed, 'timed out': _, 'not judged': __, ...missed }) {
  const judged = Object.values(missed).reduce((sum, count) => sum + count, noticed);
  return judged === 0 ? '–' : `${((100 * noticed) / judged).toFixed(1)} %`;
}

function reasonOf({ fate, why }) {
  if (fate === 'timed out') return 'Ran out of time: it waits or loops without end, or the machine was busy.';
  if (fate === 'survived') return 'Not explained.';
  return fate === 'not reached' ? 'No test gets there.' : (why ?? 'Not judged.');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('`', "'");
}
