import { createHash } from 'node:crypto';
import { InputError } from '@strata/core';
import { freshSeed } from '@strata/trials';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/fuzz/judge.js';
import { makeCase } from '../src/fuzz/make-case.js';
import { fuzz } from '../src/fuzz/run.js';
import { isSubjectName, subjects } from '../src/fuzz/subjects/index.js';

const readers = Object.keys(subjects).filter(isSubjectName);

describe('500 damaged and hostile files', () => {
  it.each(readers)('are read by %s, or refused', async (reader) => {
    const { failures, seed, read, refused } = await fuzz(reader, freshSeed(), 500);
    // `npm run fuzz -- --reader R --seed S --only I --save FILE` writes one of them.
    expect({ seed, failures }).toEqual({ seed, failures: [] });
    expect(read + refused).toBe(500);
    expect(read).toBeGreaterThan(0);
  });
});

describe('a run', () => {
  it.each(readers)('of %s has files that depend on nothing but seed and number', (reader) => {
    const hash = (index: number) =>
      createHash('sha256')
        .update(makeCase(reader, 7, index))
        .digest('hex');
    const forwards = [0, 1, 2, 3, 4].map(hash);
    expect([4, 3, 2, 1, 0].map(hash).reverse()).toEqual(forwards);
    expect(new Set(forwards).size).toBeGreaterThan(3);
  });
});

describe('the judge', () => {
  const verdict = async (read: () => void) => (await judge({ read }, new Uint8Array(8), 200)).outcome;

  it('takes what is read, and what is refused in one short line', async () => {
    expect(await verdict(() => {})).toBe('read');
    expect(await verdict(refuse('an empty file'))).toBe('refused');
    expect(await verdict(refuse('two\nlines'))).toBe('crash');
    expect(await verdict(refuse('x'.repeat(400)))).toBe('crash');
  });

  it('notices errors of JavaScript, too much time and too much memory', async () => {
    expect(
      await verdict(() => {
        throw new RangeError('Maximum call stack size exceeded');
      }),
    ).toBe('crash');
    expect(
      await verdict(() => {
        const { user } = process.cpuUsage();
        while (process.cpuUsage().user - user < 210_000);
      }),
    ).toBe('slow');
    expect(await verdict(() => void new Uint8Array(2 ** 27).fill(1))).toBe('large');
  });
});

function refuse(got: string): () => void {
  return () => {
    throw new InputError({ where: 'f', got });
  };
}
