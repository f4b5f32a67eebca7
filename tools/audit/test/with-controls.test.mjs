import { MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { describe, expect, it } from 'vitest';
import { NO_MUTANT, withControls } from '../mutation/with-controls.mjs';

const killed = (...killedBy) => ({
  status: MutantRunStatus.Killed,
  nrOfTests: 1,
  killedBy,
  failureMessage: '5, want 4',
});
const survived = { status: MutantRunStatus.Survived, nrOfTests: 1 };

/** A runner that notices what `results` says, each by its id; a control fails when it runs a test of `broken`. */
function fake(results, broken = new Set()) {
  const controls = [];
  const runner = {
    async mutantRun({ activeMutant, testFilter, mutantActivation, sandboxFileName }) {
      if (activeMutant.id !== NO_MUTANT) return results[activeMutant.id];
      expect([mutantActivation, sandboxFileName]).toEqual(['runtime', undefined]);
      controls.push(testFilter);
      return testFilter.some((test) => broken.has(test)) ? killed(...testFilter) : survived;
    },
  };
  return { runner, controls };
}

async function runAll({ runner, every, ids }) {
  const notJudged = [];
  const run = withControls(runner, (found, reason) => notJudged.push({ found, reason }), every);
  const statuses = [];
  for (const id of ids) {
    const options = { activeMutant: { id, fileName: 'one.ts' }, mutantActivation: 'static', sandboxFileName: 'one.ts' };
    const { status } = await run({ ...options, testFilter: ['all'] });
    statuses.push(status);
  }
  return { statuses, notJudged };
}

describe('controls between mutants', () => {
  it('follow the first that is noticed and every so many, with the tests that noticed', async () => {
    const results = {
      a: survived,
      b: killed('t1'),
      c: killed('t2'),
      d: survived,
      e: killed('t3', 't2'),
      f: killed('t1'),
    };
    const { runner, controls } = fake(results);
    const { statuses, notJudged } = await runAll({ runner, every: 2, ids: Object.keys(results) });
    expect(controls).toEqual([['t1'], ['t2', 't3']]);
    expect(statuses).toEqual(['survived', 'killed', 'killed', 'survived', 'killed', 'killed']);
    expect(notJudged).toEqual([]);
  });

  it('that fail leave all since the last good one unjudged, and the next is followed at once', async () => {
    const results = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, killed(`by ${id}`)]));
    const broken = new Set(['by b', 'by d']);
    const { runner, controls } = fake(results, broken);
    const { statuses, notJudged } = await runAll({ runner, every: 2, ids: Object.keys(results) });
    expect(controls).toEqual([['by a'], ['by b', 'by c'], ['by d'], ['by e']]);
    expect(statuses).toEqual(['killed', 'killed', 'error', 'error', 'killed', 'killed']);
    expect(notJudged).toEqual([
      { found: ['b', 'c'], reason: 'without a mutant: 5, want 4' },
      { found: ['d'], reason: 'without a mutant: 5, want 4' },
    ]);
  });

  it('need a test: what is noticed while a file loads waits for one', async () => {
    const { runner, controls } = fake({ a: killed(), b: killed('t1') });
    const { statuses } = await runAll({ runner, every: 2, ids: ['a', 'b'] });
    expect(controls).toEqual([['t1']]);
    expect(statuses).toEqual(['killed', 'killed']);
  });
});
