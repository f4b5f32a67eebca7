// Between mutants, the tests that noticed them have to pass without one: a test that fails anyway notices nothing.
import { MutantRunStatus } from '@stryker-mutator/api/test-runner';

/** So many mutants that are noticed share a control. */
const NOTICED_PER_CONTROL = 20;

/** No mutant has this id, so none is active. */
export const NO_MUTANT = 'none';

/**
 * A test runner with controls: after the first mutant that `runner` finds to be noticed, and after every 20th, the tests
 * that noticed one since the last control run without a mutant. If one fails, no mutant since then is judged: `report`
 * gets their ids, the run of the last one ends as an error, and the next one has a control of its own.
 *
 * @param {Pick<import('@stryker-mutator/api/test-runner').TestRunner, 'mutantRun'>} runner
 * @param {(ids: readonly string[], reason: string) => void} report
 */
export function withControls(runner, report, every = NOTICED_PER_CONTROL) {
  let noticed = [];
  let due = 1;
  return async (options) => {
    const result = await runner.mutantRun(options);
    if (result.status !== MutantRunStatus.Killed) return result;
    noticed.push({ id: options.activeMutant.id, by: [result.killedBy].flat() });
    const tests = [...new Set(noticed.flatMap(({ by }) => by))];
    due--;
    if (due > 0 || tests.length === 0) return result;
    const control = await runner.mutantRun({
      ...options,
      activeMutant: { ...options.activeMutant, id: NO_MUTANT },
      mutantActivation: 'runtime',
      testFilter: tests,
      hitLimit: undefined,
      sandboxFileName: undefined,
    });
    const ids = noticed.map(({ id }) => id);
    noticed = [];
    due = control.status === MutantRunStatus.Survived ? every : 1;
    if (control.status === MutantRunStatus.Survived) return result;
    const reason = `without a mutant: ${control.failureMessage ?? control.errorMessage ?? control.status}`;
    report(ids, reason);
    return { status: MutantRunStatus.Error, errorMessage: `not judged: the tests fail ${reason}` };
  };
}
