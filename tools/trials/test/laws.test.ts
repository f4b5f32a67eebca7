import { computeKinds } from '@strata/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LawCase, laws, opsWithoutLaw } from '../src/laws/index.js';

function opsIn({ left, right }: LawCase): string[] {
  return [...left.trials, ...right.trials].flatMap(({ graph }) => graph.nodes.map(({ op }) => op));
}

describe('every op', () => {
  it.each(computeKinds)('%s has a law in src/laws, or a reason in opsWithoutLaw why it has none', (op) => {
    const named = laws.filter(({ ops }) => ops.includes(op)).map(({ name }) => name);
    expect(named.length > 0 || opsWithoutLaw[op] !== undefined).toBe(true);
  });

  it.each(Object.keys(opsWithoutLaw))('%s, which is said to have no law, has none', (op) => {
    expect(laws.filter(({ ops }) => ops.some((named) => named === op))).toEqual([]);
  });
});

describe('the laws', () => {
  it('have names of their own', () => {
    expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
  });

  it.each(laws)('$name: computes with each op that it says it is about', ({ ops, cases }) => {
    const found = new Set(fc.sample(cases, { seed: 1, numRuns: 20 }).flatMap(opsIn));
    expect(ops.filter((op) => !found.has(op))).toEqual([]);
  });
});
