import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { describe, expect, it } from 'vitest';
import { PackageRunner } from '../mutation/package-runner.mjs';

const survived = { status: MutantRunStatus.Survived, nrOfTests: 1 };
const passes = { name: 'test/a.test.ts', result: { state: 'pass' } };
const broken = { name: 'test/b.test.ts', result: { state: 'fail', errors: [{ message: 'x is not defined' }] } };
const options = { activeMutant: { id: '1' }, testFilter: ['t1'] };

/** A runner above one that answers in order, with test files that ended so. */
function above(files, ...results) {
  const errorsSet = new Set();
  const inner = {
    ctx: { state: { errorsSet, getFiles: () => files } },
    mutantRun: async () => results.shift(),
    dryRun: async () => ({ status: DryRunStatus.Complete, tests: [] }),
  };
  return { runner: new PackageRunner(inner), errorsSet };
}

describe('the runner of packages’ tests', () => {
  it('lets survive what no test notices, and forgets errors of the run before', async () => {
    const { runner, errorsSet } = above([passes], survived);
    errorsSet.add(new Error('of another mutant'));
    expect(await runner.mutantRun(options)).toBe(survived);
    expect(errorsSet.size).toBe(0);
  });

  it('counts a file that does not load as noticed', async () => {
    const { runner } = above([broken], survived);
    expect(await runner.mutantRun({ ...options, testFilter: undefined })).toMatchObject({
      status: MutantRunStatus.Killed,
      failureMessage: 'test/b.test.ts: x is not defined',
    });
  });

  it('counts an error outside of all tests as noticed', async () => {
    const outside = { status: MutantRunStatus.Error, errorMessage: 'An error occurred outside of a test run' };
    const { runner } = above([passes], outside, survived);
    expect(await runner.mutantRun(options)).toMatchObject({ status: MutantRunStatus.Killed, killedBy: ['t1'] });
  });

  it('does not begin where a file does not load without a mutant', async () => {
    const error = { status: DryRunStatus.Error, errorMessage: 'test/b.test.ts: x is not defined' };
    expect(await above([broken]).runner.dryRun({})).toEqual(error);
  });
});
