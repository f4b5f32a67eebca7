// Which survivors are explained, and which explanations explain nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listSources } from './list-lowerings.mjs';

/** Run out of time, but not counted to have gone round more often than without a mutant: it may be the machine that was busy. */
const timedOut = ({ status, statusReason }) => status === 'Timeout' && statusReason === undefined;

/**
 * @typedef {object} Explanation
 * @property {string} file The end of the path of the changed file.
 * @property {string} code What the changed line holds.
 * @property {string} [replacement] What stands there instead, where only that is explained.
 * @property {string} why
 */

/**
 * What became of each mutant, from Stryker's report.
 *
 * @param {readonly Explanation[]} explanations The first that fits counts.
 */
export function explainSurvivors(report, explanations) {
  const used = new Set();
  const files = Object.entries(report.files)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([path, { source, mutants }]) => {
      const lines = source.split('\n');
      return {
        path,
        mutants: mutants.filter(({ status }) => status !== 'Ignored').map((mutant) => judge(path, lines, mutant)),
      };
    });
  return { files, unused: explanations.filter((one) => isTried(one) && !used.has(one)) };

  function judge(path, lines, mutant) {
    const told = describe(path, lines, mutant);
    const late = timedOut(mutant);
    if (mutant.status === 'Killed' || (mutant.status === 'Timeout' && !late)) return { ...told, fate: 'noticed' };
    if (!late && !['Survived', 'NoCoverage'].includes(mutant.status))
      return { ...told, fate: 'not judged', why: mutant.statusReason };
    const explanation = explanations.find(
      ({ file, code, replacement }) =>
        path.endsWith(file) &&
        told.line.includes(code) &&
        (replacement === undefined || mutant.replacement === replacement),
    );
    if (explanation !== undefined) {
      used.add(explanation);
      return { ...told, fate: 'explained', why: explanation.why };
    }
    if (late) return { ...told, fate: 'timed out' };
    return { ...told, fate: mutant.status === 'Survived' ? 'survived' : 'not reached' };
  }

  function isTried({ file }) {
    return Object.keys(report.files).some((path) => path.endsWith(file));
  }
}

/** The explanations of lines that no source has, or no longer. */
export function listStale(explanations, root) {
  const sources = readdirSync(join(root, 'packages'))
    .flatMap((name) => listSources(root, `packages/${name}/src`))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
  return explanations.filter(
    ({ file, code }) => !sources.some(([path, text]) => path.endsWith(file) && text.includes(code)),
  );
}

/** A mutant in a line: `was → is`, each without line breaks. */
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
