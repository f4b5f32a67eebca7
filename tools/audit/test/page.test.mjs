import { expect, it } from 'vitest';
import { explainSurvivors } from '../mutation/explain-survivors.mjs';
import { countFates, writeIndex, writeRoomPage, writeRow } from '../mutation/page.mjs';

const source = 'const a = 1;\nconst b = a + 2;\n';
const at = (line, start, end) => ({ start: { line, column: start }, end: { line, column: end } });
const report = {
  files: {
    'packages/core/src/passes/one.ts': {
      source,
      mutants: [
        { location: at(2, 11, 16), mutatorName: 'ArithmeticOperator', replacement: 'a - 2', status: 'Survived' },
        { location: at(2, 11, 12), mutatorName: 'Name', replacement: 'c', status: 'Survived' },
        { location: at(1, 11, 12), mutatorName: 'Number', replacement: '0', status: 'NoCoverage' },
        { location: at(1, 1, 2), mutatorName: 'Block', replacement: '{}', status: 'Killed' },
        {
          location: at(1, 1, 2),
          mutatorName: 'Loop',
          replacement: 'false',
          status: 'Timeout',
          statusReason: 'Hit limit reached (501/500)',
        },
        { location: at(1, 1, 2), mutatorName: 'Wait', replacement: 'true', status: 'Timeout' },
        {
          location: at(1, 7, 8),
          mutatorName: 'Name',
          replacement: 'c',
          status: 'RuntimeError',
          statusReason: 'without a mutant: 5, want 4',
        },
      ],
    },
  },
};
const explanations = [{ file: 'passes/one.ts', code: 'a + 2', replacement: 'a - 2', why: 'The same.' }];
const run = { room: 'core/one', by: 'the tests', leftOut: ['browser.test.ts'], on: '2026-11-28', seed: 7 };

it('counts what was noticed, and lists all else under its reason', () => {
  const judged = explainSurvivors(report, explanations);
  const page = writeRoomPage(judged, run);
  expect(page).toContain('**2 of 5 are noticed: 40.0 %.**');
  expect(page).toContain('on 2026-11-28, Node');
  expect(page).toContain('seed 7;');
  expect(page).toContain('Left out, as they need a browser or a driver: browser.test.ts.');
  expect(page).toContain('| packages/core/src/passes/one.ts | 2 | 1 | 1 | 1 | 1 | 1 |');
  expect(page).toContain('The same. (1)\n\n- packages/core/src/passes/one.ts:2: `a + 2 → a - 2`');
  expect(page).toContain('Not explained. (1)\n\n- packages/core/src/passes/one.ts:2: `a → c`');
  expect(page).toContain('No test gets there. (1)\n\n- packages/core/src/passes/one.ts:1: `1 → 0`');
  expect(page).toContain('without a mutant: 5, want 4 (1)\n\n- packages/core/src/passes/one.ts:1: `a → c`');
  expect(page).toContain('Ran out of time: it waits or loops without end, or the machine was busy. (1)');
  expect(judged.unused).toEqual([]);
});

it('finds explanations that match no survivor', () => {
  const stale = { file: 'passes/one.ts', code: 'x', why: 'Gone.' };
  const other = { file: 'passes/two.ts', code: 'x', why: 'Not tried.' };
  expect(explainSurvivors(report, [stale, other]).unused).toEqual([stale]);
});

it('tells of all rooms: those tried now, those tried before, and those that were not', () => {
  const rooms = [{ name: 'core/one' }, { name: 'core/two' }, { name: 'three' }];
  const two = writeRow('[core/two](mutants/core-two.md)', countFates([]), '1.0', '2026-11-01');
  const before = writeIndex(rooms, new Map([['core/two', two]]), '');
  expect(before).toContain('Not tried yet: core/one, three.');
  const one = writeRow('[core/one](mutants/core-one.md)', countFates(explainSurvivors(report, []).files), '0.5', 'now');
  const page = writeIndex(rooms, new Map([['core/one', one]]), before);
  expect(page).toContain('| [core/one](mutants/core-one.md) | 7 | 2 | 1 | 0 | 2 | 1 | 1 | 40.0 % | 0.5 | now |');
  expect(page).toContain(two);
  expect(page).toContain('Not tried yet: three.');
});
