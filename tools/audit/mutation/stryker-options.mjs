// What Stryker is told about a room.
const skipped = ['**/out-tsc', '.cache', '.nx', 'docs/reports', 'tools/*/test'];
const here = './tools/audit/mutation';

/** @param {import('./rooms.mjs').Room} room */
export function strykerOptions(room) {
  const own = room.folder !== undefined;
  return {
    ...(own ? { vitest: { configFile: '../../tools/audit/mutation/vitest.config.mjs', related: false } } : {}),
    plugins: [own ? `${here}/package-runner.mjs` : `${here}/conformance-runner.mjs`],
    testRunner: own ? 'package' : 'conformance',
    coverageAnalysis: 'perTest',
    mutate: room.mutate,
    // Some tests of packages start what was built, without a mutant.
    ignorePatterns: [...skipped, ...(own ? [] : ['**/dist', 'packages/*/test'])],
    tempDirName: '.cache/stryker',
    reporters: ['json', 'clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
    jsonReporter: { fileName: reportOf(room) },
    incremental: true,
    incrementalFile: reportOf(room, '-incremental'),
    checkers: [],
    tsconfigFile: 'not-read.json',
    disableTypeChecks: false,
    concurrency: 2,
    timeoutMS: 20_000,
    timeoutFactor: 3,
    dryRunTimeoutMinutes: 20,
    maxTestRunnerReuse: 0,
    allowConsoleColors: false,
  };
}

/** Where Stryker leaves what it found, from the root of the repository. */
export function reportOf({ name }, what = '') {
  return `.cache/mutants/${name.replace('/', '-')}${what}.json`;
}
