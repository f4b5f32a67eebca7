import { expect, it } from 'vitest';
import { writePage } from '../page.mjs';

const source = 'const a = 1;\nconst b = a + 2;\n';
const at = (line, start, end) => ({ start: { line, column: start }, end: { line, column: end } });
const report = {
  files: {
    'packages/core/src/passes/one.ts': {
      source,
      mutants: [
        { location: at(2, 11, 16), mutatorName: 'ArithmeticOperator', replacement: 'a - 2', status: 'Survived' },
        { location: at(1, 11, 12), mutatorName: 'Number', replacement: '0', status: 'NoCoverage' },
        { location: at(1, 1, 2), mutatorName: 'Block', replacement: '{}', status: 'Killed' },
        { location: at(1, 1, 2), mutatorName: 'Loop', replacement: 'false', status: 'Timeout' },
      ],
    },
  },
};

it('counts what was noticed, and lists every survivor under its reason', () => {
  const explanations = [{ file: 'passes/one.ts', code: 'a + 2', replacement: 'a - 2', why: 'The same.' }];
  const { page, unexplained, unused } = writePage(report, explanations);
  expect(page).toContain('**2 of 4 are noticed: 50.0 %.**');
  expect(page).toContain('| packages/core/src/passes/one.ts | 2 | 2 | 50.0 % |');
  expect(page).toContain('The same. (1)\n\n- packages/core/src/passes/one.ts:2: `a + 2 → a - 2`');
  expect(unexplained).toEqual(['packages/core/src/passes/one.ts:1: 1 → 0']);
  expect(unused).toEqual([]);
});

it('finds explanations that no survivor of their file needs', () => {
  const stale = { file: 'passes/one.ts', code: 'x', why: 'Gone.' };
  const other = { file: 'passes/two.ts', code: 'x', why: 'Not tried.' };
  expect(writePage(report, [stale, other]).unused).toEqual([stale]);
});
