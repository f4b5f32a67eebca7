// docs/mutants.md from Stryker's report and the explanations of what survived.

/** Mutants that some trial noticed: a wrong number, an error, a loop without end. */
const caught = ['Killed', 'Timeout'];
const missed = ['Survived', 'NoCoverage'];

/**
 * @param {object} report Stryker's JSON report.
 * @param {readonly { file: string, code: string, replacement?: string, why: string }[]} explanations
 */
export function writePage(report, explanations, words = []) {
  const files = Object.entries(report.files).toSorted(([a], [b]) => a.localeCompare(b));
  const used = new Set();
  const rows = [];
  const survivors = [];
  const unexplained = [];
  for (const [path, { source, mutants }] of files) {
    const lines = source.split('\n');
    const count = (statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
    rows.push({ path, caught: count(caught), missed: count(missed) });
    for (const mutant of mutants.filter(({ status }) => missed.includes(status))) {
      const { text, line, place } = describe(path, lines, mutant);
      const explanation = explanations.find(
        ({ file, code, replacement }) =>
          path.endsWith(file) &&
          line.includes(code) &&
          (replacement === undefined || mutant.replacement === replacement),
      );
      if (explanation === undefined) unexplained.push(`${place}: ${text}`);
      else used.add(explanation);
      survivors.push({ place, text, why: explanation?.why ?? 'not explained' });
    }
  }
  const tried = (file) => files.some(([path]) => path.endsWith(file));
  const unused = explanations.filter((explanation) => tried(explanation.file) && !used.has(explanation));
  return { page: format(rows, survivors, unexplained.length, words), unexplained, unused };
}

/** A mutant in a line: `was` → `is`, each without line breaks. */
function describe(path, lines, { location: { start, end }, replacement, mutatorName }) {
  const covered = lines.slice(start.line - 1, end.line);
  covered[covered.length - 1] = covered[covered.length - 1].slice(0, end.column - 1);
  covered[0] = covered[0].slice(start.column - 1);
  const shorten = (code) => {
    const flat = code.replace(/\s+/g, ' ').trim();
    return flat.length > 70 ? `${flat.slice(0, 67)}…` : flat;
  };
  const was = shorten(covered.join('\n'));
  return {
    place: `${path}:${start.line}`,
    line: lines[start.line - 1],
    text: `${was} → ${shorten(replacement ?? mutatorName)}`,
  };
}

function format(rows, survivors, unexplained, words) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const score = (row) => `${((100 * row.caught) / (row.caught + row.missed)).toFixed(1)} %`;
  const all = { caught: sum('caught'), missed: sum('missed') };
  const command = ['npm run mutants', ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('`', "'");
  const reasons = [...new Set(survivors.map(({ why }) => why))];
  return [
    '# Mutants',
    '',
    `How many one-token changes of the files below does the conformance suite notice, on devices that need no driver? \`${command}\` asked Stryker and wrote this page on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}; [tools/mutation](../tools/mutation/README.md) says how. Under the table stands every change that was not noticed, with the reason${unexplained === 0 ? '' : `; ${unexplained} have none yet`}.`,
    '',
    `**${all.caught} of ${all.caught + all.missed} are noticed: ${score(all)}.**`,
    '',
    '| file | noticed | not | score |',
    '| --- | ---: | ---: | ---: |',
    ...rows
      .filter((row) => row.caught + row.missed > 0)
      .map((row) => `| ${row.path} | ${row.caught} | ${row.missed} | ${score(row)} |`),
    '',
    '## What survives, and why',
    ...reasons.flatMap((reason) => {
      const mutants = survivors.filter(({ why }) => why === reason);
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
