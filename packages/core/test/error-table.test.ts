import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatErrorTable, orderRows, shownRows } from '../src/error-table.js';

describe("an error's rows", () => {
  it('are all there, each once, and the first that are shown are as many of each group as it has', () => {
    const groups = fc.array(fc.nat(9), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 12 }), (sizes, most) => {
        const given = sizes.map((size, group) => Array.from({ length: size }, (_, i) => `${group}.${i}`));
        const rows = orderRows(given, most);
        expect([...rows].sort()).toEqual(given.flat().sort());
        const shown = rows.slice(0, most);
        const shares = given.map((group) => group.filter((row) => shown.includes(row)).length);
        const total = shares.reduce((sum, share) => sum + share, 0);
        expect(total).toBe(Math.min(most, given.flat().length));
        for (const [group, share] of shares.entries()) {
          // Who has fewer than another shows all that it has.
          if (share < Math.max(...shares) - 1) expect(share).toBe(sizes[group]);
          // A group's own rows stay in their order.
          expect(shown.filter((row) => given[group].includes(row))).toEqual(given[group].slice(0, share));
        }
      }),
    );
  });

  it('are columns of text, and what is left out is counted', () => {
    const rows = Array.from({ length: shownRows + 2 }, (_, i) => [`w${i}`, i === 0 ? '👟👟' : 'x', 'y']);
    const lines = formatErrorTable({ columns: ['name', 'g', 'want'], rows }).split('\n');
    expect(lines.slice(0, 3)).toEqual(['name  g   want', 'w0    👟👟  y', 'w1    x   y']);
    expect(lines).toHaveLength(shownRows + 2);
    expect(lines.at(-1)).toBe('… and 2 more');
    expect(formatErrorTable({ columns: ['a'], rows: [['b']] })).toBe('a\nb');
    expect(formatErrorTable({ columns: ['a'], rows: [['b'], ['c']] }, 1)).toBe('a\nb\n… and 1 more');
  });
});
